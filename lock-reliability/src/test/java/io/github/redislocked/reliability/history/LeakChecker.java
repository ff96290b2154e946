/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.history;

import java.util.ArrayList;
import java.util.List;

/**
 * C7: at rest a process has one subscription, no more connections than its pool has, and
 * about as many threads as after its first operations.
 */
final class LeakChecker implements Checker {

	/** A pool of eight, a subscription, and what is being closed. */
	static final int CONNECTIONS = 12;

	/** Threads that come and go with the load. */
	static final int THREADS = 24;

	@Override
	public List<Violation> check(History history) {
		List<Violation> violations = new ArrayList<>();
		for (Snapshot snapshot : history.snapshots()) {
			long alive = history.processes()
				.stream()
				.filter((process) -> process.startedAt() < snapshot.at() && process.endedAt() > snapshot.at())
				.count();
			if (snapshot.quiet() && snapshot.subscriptions() > alive) {
				violations.add(new Violation(Check.NO_LEAK, "subscriptions", snapshot.at(),
						"%d channels for %d processes".formatted(snapshot.subscriptions(), alive)));
			}
			if (snapshot.quiet() && snapshot.connections() > alive * CONNECTIONS) {
				violations.add(new Violation(Check.NO_LEAK, "connections", snapshot.at(),
						"%d connections for %d processes".formatted(snapshot.connections(), alive)));
			}
		}
		for (ThreadCount count : history.threads()) {
			if (count.last() > count.first() + THREADS) {
				violations.add(new Violation(Check.NO_LEAK, "threads", history.endedAt(),
						"process %d had %d threads after its first operations, and %d at the end"
							.formatted(count.process(), count.first(), count.last())));
			}
		}
		return violations;
	}

}
