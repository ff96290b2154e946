/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * C1: the intervals in which holders could rely on their leases are disjoint, from when
 * the caller has the lease until it closes it, is told that it has lost it, or the lease
 * itself says that it is over. And who holds the lock is not refused by the register.
 */
final class ExclusionChecker implements Checker {

	@Override
	public List<Violation> check(History history) {
		List<Violation> violations = new ArrayList<>();
		history.grantsByKey(Comparator.comparingLong(Operation::answeredAt)).forEach((key, grants) -> {
			Operation last = null;
			for (Operation grant : grants) {
				if (last != null && grant.answeredAt() < Math.min(last.reliedUntil(), grant.reliedUntil())) {
					violations.add(new Violation(Check.EXCLUSION, History.keyOf(key), grant.answeredAt(),
							"two holders at once: " + last + " and " + grant));
				}
				if (last == null || grant.reliedUntil() > last.reliedUntil()) {
					last = grant;
				}
				if (grant.offeredAt() != 0 && !grant.accepted() && grant.wroteAt() != 0 && !grant.hasOverrun()) {
					violations.add(new Violation(Check.EXCLUSION, History.keyOf(key), grant.offeredAt(),
							"the register refused a holder: " + grant));
				}
			}
		});
		return violations;
	}

}
