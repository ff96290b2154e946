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
 * C5: each holder reads what the one before it wrote, and the last value is that of the
 * last. A holder whose lease had ended when it wrote, or which was killed in between, may
 * have written at any moment from its reading on.
 */
final class CounterChecker implements Checker {

	@Override
	public List<Violation> check(History history) {
		List<Violation> violations = new ArrayList<>();
		history.grantsByKey(Comparator.comparingLong(Operation::readAt)).forEach((key, grants) -> {
			grants.removeIf((grant) -> grant.readAt() == 0);
			check(history, key, grants, violations);
		});
		return violations;
	}

	private static void check(History history, int key, List<Operation> grants, List<Violation> violations) {
		List<Stray> strays = new ArrayList<>();
		long value = 0;
		Operation writer = null;
		for (Operation grant : grants) {
			if (grant.reliedUntil() > grant.readAt() && grant.read() != value
					&& !mayRead(grant.read(), grant.readAt(), strays)) {
				violations.add(new Violation(Check.COUNTER, History.keyOf(key), grant.readAt(),
						"the counter should be %d after %s, but %d is what reads %s".formatted(value, writer,
								grant.read(), grant)));
			}
			if (grant.wroteAt() != 0 && !grant.hasOverrun()) {
				// What strayed and was over when this one read has been overwritten.
				strays.removeIf((stray) -> stray.until() < grant.readAt());
				value = grant.read() + 1;
				writer = grant;
			}
			else if (grant.wroteAt() != 0 || grant.endInvokedAt() == 0) {
				// It may stand until somebody overwrites it, or be written later yet.
				strays.add(new Stray(grant.read() + 1, grant.readAt(),
						(grant.wroteAt() != 0) ? grant.wroteAt() : history.processOf(grant).endedAt()));
			}
		}
		long last = history.counters().getOrDefault(key, 0L);
		if (last != value && !mayRead(last, history.endedAt(), strays)) {
			violations.add(new Violation(Check.COUNTER, History.keyOf(key), history.endedAt(),
					"the counter should be %d after %s, but is %d".formatted(value, writer, last)));
		}
	}

	private static boolean mayRead(long value, long at, List<Stray> strays) {
		return strays.stream().anyMatch((stray) -> stray.value() == value && stray.since() <= at);
	}

	private record Stray(long value, long since, long until) {

	}

}
