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
 * How long callers waited for locks that nobody was known to hold; if asked for, without
 * the times in which somebody may have held them unknown to its caller.
 */
public final class FreeWaits {

	private static final long SHORTEST = 10_000_000;

	/** What the end of a lease is counted too early by, at most, for drift. */
	private static final int DRIFT = 50;

	private final History history;

	private final boolean certain;

	/**
	 * Looks for waits.
	 * @param history what happened
	 * @param certain whether a lock is free as soon as nobody is known to hold it;
	 * otherwise when nobody can be suspected of it
	 */
	public FreeWaits(History history, boolean certain) {
		this.history = history;
		this.certain = certain;
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

	// When the operation held the lock, or may have; null if it did not.
	private @Nullable Span taken(Operation operation) {
		if (operation.isGranted()) {
			return new Span(operation.answeredAt(), grantedUntil(operation));
		}
		if (this.certain) {
			return null;
		}
		long processEnd = this.history.processOf(operation).endedAt();
		if (operation.answeredAt() == 0) {
			return (processEnd != Long.MAX_VALUE)
					? new Span(operation.invokedAt(), processEnd + operation.expire() + operation.expire() / DRIFT)
					: null;
		}
		// What a failed attempt may have left is taken back soon after the fault.
		return this.history.mayFail(operation.invokedAt(), operation.answeredAt())
				? new Span(operation.answeredAt(), operation.answeredAt() + Math.min(operation.expire(), History.SLACK))
				: null;
	}

	private long grantedUntil(Operation operation) {
		boolean closed = operation.endAnsweredAt() != 0;
		if (this.certain) {
			return closed ? operation.endAnsweredAt() : operation.reliedUntil();
		}
		if (closed && !this.history.mayFail(operation.endInvokedAt(), operation.endAnsweredAt())) {
			return operation.endAnsweredAt();
		}
		long drift = operation.expire() / DRIFT;
		if (!operation.renewed()) {
			return releasedBy(operation, Math.max(operation.endAnsweredAt(), operation.heldUntil() + drift));
		}
		long lastRenewal = (operation.endInvokedAt() != 0) ? operation.endInvokedAt()
				: Math.min(this.history.processOf(operation).endedAt(), this.history.endedAt());
		return releasedBy(operation, Math.max(operation.heldUntil(), lastRenewal + operation.expire()) + drift);
	}

	// A release that was not answered is repeated, and answered soon after the fault.
	private long releasedBy(Operation operation, long leaseEnd) {
		if (operation.endAnsweredAt() == 0) {
			return leaseEnd;
		}
		long settled = this.history.settledAfter(operation.endInvokedAt(), operation.endAnsweredAt());
		long soon = settled + History.SLACK + this.history.disturbed(settled, settled + History.SLACK);
		return (this.history.processOf(operation).endedAt() > soon)
				? Math.min(leaseEnd, Math.max(soon, operation.endAnsweredAt())) : leaseEnd;
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
