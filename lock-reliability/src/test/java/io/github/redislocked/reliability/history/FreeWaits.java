/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How long callers waited for locks that nobody held, and that nobody can be suspected of
 * holding.
 */
public final class FreeWaits {

	private static final long SHORTEST = 10_000_000;

	/** What the end of a lease is counted too early by, at most, for drift. */
	private static final int DRIFT = 50;

	private final History history;

	public FreeWaits(History history) {
		this.history = history;
	}

	/**
	 * Lists the waits that are long enough to be of interest.
	 * @return the waits, a key after the other
	 */
	public List<Wait> all() {
		List<Wait> waits = new ArrayList<>();
		this.history.byKey(Comparator.comparingLong(Operation::invokedAt)).forEach((key, operations) -> {
			List<Span> free = free(operations);
			for (Operation operation : operations) {
				long end = (operation.answeredAt() != 0) ? operation.answeredAt()
						: Math.min(this.history.endedAt(), this.history.processOf(operation).endedAt());
				for (Span span : free) {
					long from = Math.max(span.begin(), operation.invokedAt());
					long to = Math.min(span.end(), end);
					if (to - from > SHORTEST) {
						waits.add(new Wait(operation, from, to));
					}
				}
			}
		});
		return waits;
	}

	/**
	 * Finds the longest wait around each fault, the fault's own time included.
	 * @return nanoseconds, by name of the fault
	 */
	public Map<String, Long> longestByFault() {
		Map<String, Long> longest = new LinkedHashMap<>();
		List<Wait> waits = all();
		for (Disturbance disturbance : this.history.disturbances()) {
			long most = longest.getOrDefault(disturbance.fault(), 0L);
			for (Wait wait : waits) {
				if (wait.from() <= disturbance.settledAt() && wait.to() >= disturbance.begin()) {
					most = Math.max(most,
							wait.to() - wait.from() - this.history.frozen(wait.operation(), wait.from(), wait.to()));
				}
			}
			longest.put(disturbance.fault(), most);
		}
		return longest;
	}

	private List<Span> free(List<Operation> operations) {
		List<Span> taken = new ArrayList<>();
		for (Operation operation : operations) {
			Span span = taken(operation);
			if (span != null) {
				taken.add(span);
			}
		}
		taken.sort(Comparator.comparingLong(Span::begin));
		List<Span> free = new ArrayList<>();
		long end = Long.MIN_VALUE;
		for (Span span : taken) {
			if (span.begin() - end > SHORTEST || end == Long.MIN_VALUE) {
				free.add(new Span(end, span.begin()));
			}
			end = Math.max(end, span.end());
		}
		free.add(new Span(end, Long.MAX_VALUE));
		return free;
	}

	// When the operation may have held the lock; null if it did not.
	private @Nullable Span taken(Operation operation) {
		long expire = operation.expire() + operation.expire() / DRIFT;
		long processEnd = this.history.processOf(operation).endedAt();
		boolean orphaned = processEnd != Long.MAX_VALUE;
		if (operation.isGranted()) {
			if (operation.endAnsweredAt() != 0
					&& this.history.disturbed(operation.endInvokedAt(), operation.endAnsweredAt()) == 0) {
				return new Span(operation.answeredAt(), operation.endAnsweredAt());
			}
			long last = operation.renewed()
					? Math.min(processEnd,
							(operation.endInvokedAt() != 0) ? operation.endInvokedAt() : this.history.endedAt())
					: operation.answeredAt();
			return new Span(operation.answeredAt(), Math.max(operation.heldUntil(), last) + expire);
		}
		if (operation.answeredAt() == 0) {
			return orphaned ? new Span(operation.invokedAt(), processEnd + expire) : null;
		}
		// What a failed attempt may have left is taken back soon after the fault.
		return (this.history.disturbed(operation.invokedAt(), operation.answeredAt()) == 0) ? null
				: new Span(operation.answeredAt(), operation.answeredAt() + Math.min(expire, History.SLACK));
	}

	/**
	 * A wait for a free lock.
	 *
	 * @param operation who waited
	 * @param from since when
	 * @param to until when
	 */
	public record Wait(Operation operation, long from, long to) {

	}

}
