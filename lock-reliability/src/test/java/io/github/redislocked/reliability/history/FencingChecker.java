/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * C2: no two leases of a key have one fencing token, none that was asked for after
 * another was granted has a smaller one, and the register accepts nothing after a greater
 * one.
 */
final class FencingChecker implements Checker {

	@Override
	public List<Violation> check(History history) {
		List<Violation> violations = new ArrayList<>();
		history.grantsByKey(Comparator.comparingLong(Operation::fence).reversed())
			.forEach((key, grants) -> check(History.keyOf(key), grants, violations));
		return violations;
	}

	// From the greatest fencing token down.
	private static void check(String key, List<Operation> grants, List<Violation> violations) {
		Operation before = null;
		Operation earliestGrant = null;
		Operation earliestWrite = null;
		for (Operation grant : grants) {
			if (before != null && before.fence() == grant.fence()) {
				violations.add(new Violation(Check.FENCING, key, grant.answeredAt(),
						"one fencing token for two leases: " + before + " and " + grant));
			}
			if (earliestGrant != null && grant.isAfter(earliestGrant)) {
				violations.add(new Violation(Check.FENCING, key, grant.answeredAt(),
						"a later lease has a smaller fencing token: " + earliestGrant + ", then " + grant));
			}
			if (earliestWrite != null && grant.accepted() && grant.offeredAt() > earliestWrite.endInvokedAt()) {
				violations.add(new Violation(Check.FENCING, key, grant.offeredAt(),
						"a stale write was accepted: after " + earliestWrite + " that of " + grant));
			}
			before = grant;
			if (earliestGrant == null || grant.answeredAt() < earliestGrant.answeredAt()) {
				earliestGrant = grant;
			}
			earliestWrite = earliestWrite(earliestWrite, grant);
		}
	}

	// The register had accepted it when the lease was closed at the latest.
	private static @Nullable Operation earliestWrite(@Nullable Operation earliest, Operation grant) {
		if (!grant.accepted() || grant.endInvokedAt() == 0) {
			return earliest;
		}
		return (earliest == null || grant.endInvokedAt() < earliest.endInvokedAt()) ? grant : earliest;
	}

}
