/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes histories by hand: times are in milliseconds, the key is 7, leases last 1 s.
 */
final class Ops {

	static final int KEY = 7;

	private static final long MILLI = 1_000_000;

	private final List<Operation> operations = new ArrayList<>();

	private final List<ProcessLife> processes = new ArrayList<>();

	private final List<Disturbance> disturbances = new ArrayList<>();

	private final List<Snapshot> snapshots = new ArrayList<>();

	private final List<ThreadCount> threads = new ArrayList<>();

	private long counter;

	Ops() {
		for (int i = 0; i < 3; i++) {
			this.processes.add(new ProcessLife(i, "p" + i, 0, Long.MAX_VALUE, List.of(), List.of()));
		}
	}

	/** An ordinary lease: asked for, had, and closed, without use of the resources. */
	Row lease(int process, long fence, long invoked, long answered, long closed) {
		Row row = new Row();
		row.process = process;
		row.fence = fence;
		row.invokedAt = invoked;
		row.answeredAt = answered;
		row.outcome = Outcome.GRANTED;
		row.heldUntil = answered + 990;
		row.endInvokedAt = closed;
		row.endAnsweredAt = closed + 1;
		row.end = End.RELEASED;
		return row;
	}

	/** An attempt without a lease. */
	Row attempt(int process, Outcome outcome, long invoked, long answered) {
		Row row = new Row();
		row.process = process;
		row.outcome = outcome;
		row.invokedAt = invoked;
		row.answeredAt = answered;
		return row;
	}

	Ops add(Row... rows) {
		for (Row row : rows) {
			this.operations.add(row.toOperation());
		}
		return this;
	}

	Ops frozen(int process, long from, long to) {
		return life(process, Long.MAX_VALUE, List.of(new Span(from * MILLI, to * MILLI)));
	}

	Ops killed(int process, long at) {
		return life(process, at * MILLI, List.of());
	}

	private Ops life(int process, long endedAt, List<Span> frozen) {
		this.processes.set(process, new ProcessLife(process, "p" + process, 0, endedAt, frozen, List.of()));
		return this;
	}

	Ops fault(long from, long to, boolean errors) {
		this.disturbances
			.add(new Disturbance("fault", from * MILLI, to * MILLI, to * MILLI, errors, Set.of(), to * MILLI));
		return this;
	}

	Ops snapshot(long at, boolean quiet, Snapshot.Lock lock, List<String> waiting, List<String> withoutExpiry) {
		this.snapshots.add(new Snapshot(at * MILLI, quiet, (lock != null) ? List.of(lock) : List.of(),
				waiting.stream().map((token) -> new Snapshot.Waiter(token, "queue")).toList(), withoutExpiry, 0, 0));
		return this;
	}

	Ops connected(long at, long subscriptions, long connections) {
		this.snapshots.add(new Snapshot(at * MILLI, true, List.of(), List.of(), List.of(), subscriptions, connections));
		return this;
	}

	Ops threads(int first, int last) {
		this.threads.add(new ThreadCount(0, first, last));
		return this;
	}

	Ops counter(long value) {
		this.counter = value;
		return this;
	}

	List<String> violations(Checker checker) {
		History history = new History(this.operations, this.processes, this.disturbances, this.snapshots,
				Map.of(KEY, this.counter), this.threads, 500 * MILLI, 60_000 * MILLI);
		return checker.check(history).stream().map(Violation::toString).toList();
	}

	/** One operation, in milliseconds. */
	static final class Row {

		int process;

		long timeout = 3_000;

		boolean renewed;

		long invokedAt;

		long answeredAt;

		Outcome outcome = Outcome.PENDING;

		long fence;

		long heldUntil;

		long read;

		long readAt;

		long wroteAt;

		long offeredAt;

		boolean accepted;

		long endInvokedAt;

		long endAnsweredAt;

		End end = End.OPEN;

		long lostToldAt;

		Row renewed() {
			this.renewed = true;
			return this;
		}

		Row heldUntil(long until) {
			this.heldUntil = until;
			return this;
		}

		/** Reads the counter, and writes one more. */
		Row counts(long value, long from, long to) {
			this.read = value;
			this.readAt = from;
			this.wroteAt = to;
			return this;
		}

		Row offers(long at, boolean accepted) {
			this.offeredAt = at;
			this.accepted = accepted;
			return this;
		}

		Row never() {
			this.endInvokedAt = 0;
			this.endAnsweredAt = 0;
			this.end = End.OPEN;
			return this;
		}

		Row lost() {
			this.end = End.LOST;
			return this;
		}

		Row told(long at) {
			this.lostToldAt = at;
			return this;
		}

		Operation toOperation() {
			return new Operation(this.process, KEY, 1_000 * MILLI, this.renewed, this.timeout * MILLI,
					this.invokedAt * MILLI, this.answeredAt * MILLI, this.outcome, this.fence, this.fence,
					this.heldUntil * MILLI, this.read, this.readAt * MILLI, this.wroteAt * MILLI,
					this.offeredAt * MILLI, this.accepted, this.endInvokedAt * MILLI, this.endAnsweredAt * MILLI,
					this.end, this.lostToldAt * MILLI);
		}

	}

}
