/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * C4: a lock in Redis belongs to a caller that holds it or still asks for it; at rest
 * nobody waits in Redis; and everything there expires. What belonged to a process that
 * has ended may stay for its lease.
 */
final class OrphanChecker implements Checker {

	@Override
	public List<Violation> check(History history) {
		Map<String, ProcessLife> processes = new HashMap<>();
		history.processes().forEach((process) -> processes.put(process.token(), process));
		Map<String, List<Operation>> operations = new HashMap<>();
		for (Operation operation : history.operations()) {
			operations.computeIfAbsent(operation.process() + " " + operation.key(), (name) -> new ArrayList<>())
				.add(operation);
		}
		List<Violation> violations = new ArrayList<>();
		for (Snapshot snapshot : history.snapshots()) {
			for (String name : snapshot.withoutExpiry()) {
				violations.add(new Violation(Check.NO_ORPHAN, name, snapshot.at(), "a Redis key never expires"));
			}
			for (Snapshot.Lock lock : snapshot.locks()) {
				ProcessLife process = processes.get(processOf(lock.token()));
				String what = (process != null) ? orphan(history, snapshot, lock.token(), process,
						operations.getOrDefault(process.number() + " " + lock.key(), List.of())) : null;
				if (what != null) {
					violations.add(new Violation(Check.NO_ORPHAN, History.keyOf(lock.key()), snapshot.at(), what));
				}
			}
			for (Snapshot.Waiter waiter : snapshot.waiting()) {
				ProcessLife process = processes.get(processOf(waiter.token()));
				if (snapshot.quiet() && process != null && process.endedAt() == Long.MAX_VALUE) {
					violations.add(new Violation(Check.NO_ORPHAN, "queue", snapshot.at(),
							"at rest, token %s of process %d waits in Redis, by %s".formatted(waiter.token(),
									process.number(), waiter.name())));
				}
			}
		}
		return violations;
	}

	private static @Nullable String orphan(History history, Snapshot snapshot, String token, ProcessLife process,
			List<Operation> operations) {
		long at = snapshot.at();
		if (process.endedAt() != Long.MAX_VALUE) {
			long longest = operations.stream().mapToLong(Operation::expire).max().orElse(0);
			return (at > process.endedAt() + longest + History.SLACK)
					? "token %s of the ended process %d outlives its lease".formatted(token, process.number()) : null;
		}
		long lastUse = operations.stream().mapToLong((operation) -> lastUse(operation, at)).max().orElse(0);
		long idle = at - lastUse;
		long bound = history.commandTimeout() + History.SLACK;
		if (idle <= bound
				|| idle - history.disturbed(lastUse, at) - Span.overlap(process.frozen(), lastUse, at) <= bound) {
			return null;
		}
		return "token %s of process %d has the lock, but no caller there has it or asks for it since %d"
			.formatted(token, process.number(), lastUse);
	}

	// Until when, up to a moment, the caller had to do with the lock; zero if it came
	// later.
	private static long lastUse(Operation operation, long at) {
		if (operation.invokedAt() > at) {
			return 0;
		}
		long end = operation.isGranted() ? operation.endAnsweredAt() : operation.answeredAt();
		return (end == 0) ? at : Math.min(end, at);
	}

	private static String processOf(String token) {
		return token.substring(0, Math.max(0, token.lastIndexOf(':')));
	}

}
