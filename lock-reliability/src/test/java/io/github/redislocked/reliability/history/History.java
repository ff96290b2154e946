/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that happened on one Redis.
 *
 * @param operations what callers did and saw
 * @param processes the processes they were in, by number
 * @param disturbances the faults, one after the other
 * @param snapshots what stood in Redis now and then
 * @param counters what the counter of each key was in the end
 * @param threads threads of the processes
 * @param commandTimeout how long a command could take
 * @param endedAt when the history was closed: every caller had its answer by then
 */
public record History(List<Operation> operations, List<ProcessLife> processes, List<Disturbance> disturbances,
		List<Snapshot> snapshots, Map<Integer, Long> counters, List<ThreadCount> threads, long commandTimeout,
		long endedAt) {

	/** What a busy machine may add to any time. */
	public static final long SLACK = 1_500_000_000L;

	/**
	 * Sorts operations out by key.
	 * @param order the order of those of one key
	 * @return the operations by number of the key
	 */
	public Map<Integer, List<Operation>> byKey(Comparator<Operation> order) {
		Map<Integer, List<Operation>> byKey = new TreeMap<>();
		for (Operation operation : this.operations) {
			byKey.computeIfAbsent(operation.key(), (key) -> new ArrayList<>()).add(operation);
		}
		byKey.values().forEach((list) -> list.sort(order));
		return byKey;
	}

	/**
	 * Sorts out leases by key.
	 * @param order the order of those of one key
	 * @return the operations that were granted, by number of the key
	 */
	public Map<Integer, List<Operation>> grantsByKey(Comparator<Operation> order) {
		Map<Integer, List<Operation>> byKey = byKey(order);
		byKey.values().forEach((list) -> list.removeIf((operation) -> !operation.isGranted()));
		return byKey;
	}

	/**
	 * Returns a process.
	 * @param operation an operation of it
	 * @return the process
	 */
	public ProcessLife processOf(Operation operation) {
		return this.processes.get(operation.process());
	}

	/**
	 * Returns for how much of a stretch faults were at work, or had not settled.
	 * @param from begin of the stretch
	 * @param to its end
	 * @return nanoseconds
	 */
	public long disturbed(long from, long to) {
		return Span.overlap(this.disturbances.stream().map((one) -> new Span(one.begin(), one.settledAt())).toList(),
				from, to);
	}

	/**
	 * Tells whether commands may have failed meanwhile.
	 * @param from begin of a stretch
	 * @param to its end
	 * @return whether a fault was at work, or had not settled, under which they may
	 */
	public boolean mayFail(long from, long to) {
		return this.disturbances.stream()
			.anyMatch((fault) -> fault.errorsExpected() && fault.begin() <= to && from <= fault.settledAt());
	}

	/**
	 * Returns when those faults had settled under which commands may have failed
	 * meanwhile.
	 * @param from begin of a stretch
	 * @param to its end
	 * @return the latest of these times, or the end of the stretch if it is later
	 */
	public long settledAfter(long from, long to) {
		return this.disturbances.stream()
			.filter((fault) -> fault.errorsExpected() && fault.begin() <= to && from <= fault.settledAt())
			.mapToLong(Disturbance::settledAt)
			.reduce(to, Math::max);
	}

	/**
	 * Returns for how much of a stretch the process of an operation stood still.
	 * @param operation the operation
	 * @param from begin of the stretch
	 * @param to its end
	 * @return nanoseconds
	 */
	public long frozen(Operation operation, long from, long to) {
		return Span.overlap(processOf(operation).frozen(), from, to);
	}

	/**
	 * Names a key.
	 * @param number its number
	 * @return its name, as the lock knows it
	 */
	public static String keyOf(int number) {
		return "k" + number;
	}

}
