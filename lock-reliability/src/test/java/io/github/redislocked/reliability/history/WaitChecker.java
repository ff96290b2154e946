/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.history;

import java.util.ArrayList;
import java.util.List;

/**
 * C3: a caller returns within its timeout and a command's time-out; whoever waits for a
 * free lock has it within the re-ask interval; and nobody sees an error while Redis can
 * be asked. Times in which a fault was at work, or the caller stood still, do not count.
 */
final class WaitChecker implements Checker {

	private static final long RE_ASK = 1_000_000_000L;

	@Override
	public List<Violation> check(History history) {
		List<Violation> violations = new ArrayList<>();
		for (Operation operation : history.operations()) {
			String key = History.keyOf(operation.key());
			if (operation.answeredAt() == 0) {
				if (history.processOf(operation).endedAt() == Long.MAX_VALUE) {
					violations.add(new Violation(Check.BOUNDED_WAIT, key, operation.invokedAt(),
							"a caller never returned: " + operation));
				}
				continue;
			}
			long waited = operation.answeredAt() - operation.invokedAt()
					- history.frozen(operation, operation.invokedAt(), operation.answeredAt());
			if (waited > operation.timeout() + history.commandTimeout() + History.SLACK) {
				violations.add(new Violation(Check.BOUNDED_WAIT, key, operation.answeredAt(),
						"a caller with a timeout of %d ms returned after %d ms: %s"
							.formatted(operation.timeout() / 1_000_000, waited / 1_000_000, operation)));
			}
			if (operation.outcome() == Outcome.FAILED && !history.mayFail(operation.invokedAt(), operation.answeredAt())
					&& history.frozen(operation, operation.invokedAt(), operation.answeredAt()) == 0) {
				violations.add(new Violation(Check.BOUNDED_WAIT, key, operation.answeredAt(),
						"a caller saw an error for which there is no reason: " + operation));
			}
		}
		for (FreeWaits.Wait wait : new FreeWaits(history, false).all()) {
			long allowed = RE_ASK + History.SLACK + history.disturbed(wait.from(), wait.to())
					+ history.frozen(wait.operation(), wait.from(), wait.to());
			if (wait.to() - wait.from() > allowed) {
				violations.add(new Violation(Check.BOUNDED_WAIT, History.keyOf(wait.operation().key()), wait.to(),
						"a caller waited %d ms for a free lock, from %d: %s"
							.formatted((wait.to() - wait.from()) / 1_000_000, wait.from(), wait.operation())));
			}
		}
		return violations;
	}

}
