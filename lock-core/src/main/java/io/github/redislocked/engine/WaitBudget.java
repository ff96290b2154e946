/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

import io.github.redislocked.LockNotAcquiredException;
import org.jspecify.annotations.Nullable;

/**
 * How long one caller waits, all phases together, and what ends a pause early.
 */
final class WaitBudget {

	private static final String TOO_LATE = "the timeout has passed";

	private final String key;

	private final LongSupplier clock;

	private final Parking parking;

	private final long start;

	private final long deadline;

	private volatile CompletableFuture<Void> bell = new CompletableFuture<>();

	private volatile @Nullable String abandoned;

	private volatile boolean expired;

	WaitBudget(Terms terms, LongSupplier clock, Parking parking) {
		this.key = terms.key();
		this.clock = clock;
		this.parking = parking;
		this.start = clock.getAsLong();
		this.deadline = this.start + terms.timeout().toNanos();
	}

	/**
	 * Returns what is left.
	 * @return nanoseconds, zero if nothing is left
	 */
	long remaining() {
		return Math.max(0, this.deadline - this.clock.getAsLong());
	}

	long waited() {
		return this.clock.getAsLong() - this.start;
	}

	boolean isSpent() {
		return isAbandoned() || remaining() == 0;
	}

	boolean isAbandoned() {
		return this.abandoned != null;
	}

	/**
	 * Ends the wait for good.
	 * @param reason why, a clause
	 */
	void abandon(String reason) {
		this.abandoned = reason;
		ring();
	}

	/**
	 * Ends the wait for good because its time is over, whatever is under way.
	 */
	void expire() {
		this.expired = true;
		abandon(TOO_LATE);
	}

	/**
	 * Returns whether the caller went away before its time was over.
	 * @return {@code true} if somebody has ended the wait
	 */
	boolean isCancelled() {
		return isAbandoned() && !this.expired;
	}

	/**
	 * Ends the pause that is under way, or else the next one: something is worth a look.
	 */
	void ring() {
		this.bell.complete(null);
	}

	/**
	 * Forgets what rang so far. To be called before the look, not after it, so that
	 * nothing is missed in between.
	 */
	void listen() {
		this.bell = new CompletableFuture<>();
		if (isAbandoned()) {
			ring();
		}
	}

	/**
	 * Pauses until something rings.
	 * @param nanos the longest pause; it ends with the budget in any case
	 * @return completes after the pause, or fails with an {@link InterruptedException}
	 */
	CompletionStage<Void> pause(long nanos) {
		return this.parking.park(this.bell, Math.min(nanos, remaining()));
	}

	/**
	 * Pauses until a future is done.
	 * @param future the future
	 * @return completes after the pause, or fails with an {@link InterruptedException}
	 */
	CompletionStage<Void> pauseFor(CompletableFuture<?> future) {
		return this.parking.park(CompletableFuture.anyOf(future, this.bell), remaining());
	}

	boolean interrupted(Throwable failure) {
		return this.parking.interrupted(failure);
	}

	static InterruptedException interrupt() {
		return new InterruptedException("Interrupted while asking for a lock");
	}

	LockNotAcquiredException notAcquired(@Nullable String holder) {
		String reason = this.abandoned;
		return new LockNotAcquiredException(this.key, Duration.ofNanos(waited()), holder,
				(reason != null) ? reason : TOO_LATE, null);
	}

}
