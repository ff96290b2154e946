/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.actuate;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

import io.github.redislocked.LeaseLost;
import io.github.redislocked.LockNotAcquired;
import io.github.redislocked.LockObserver;
import io.github.redislocked.LockOrigin;
import io.github.redislocked.LockStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Whether this process can use locks. It cannot when acquiring and renewing have failed,
 * and nothing but failed, for longer than a lease: by then it has lost what it held. That
 * others hold a lock is no failure. When nobody has tried for as long, and nobody is
 * trying, nothing is known, and nothing is said against it: an instance that is left
 * alone because it is down must be able to come back.
 *
 * @since 0.1.0
 */
public final class LockHealth implements LockObserver {

	/**
	 * After so many leases without an answer the next failure is another matter.
	 */
	private static final int RELATED_LEASES = 10;

	/**
	 * Not before such a time has passed: a command may take longer than many short leases
	 * until it fails.
	 */
	private static final Duration LEAST_RELATED = Duration.ofMinutes(5);

	private final long leaseNanos;

	private final long relatedNanos;

	private final LongSupplier clock;

	private final Call call = new Call();

	/**
	 * How many callers are on their way to a lock; written with each use of one.
	 */
	private final LongAdder callers = new LongAdder();

	private volatile @Nullable Failures failures;

	/**
	 * Begins without failures.
	 * @param lease how long failures may last
	 */
	public LockHealth(Duration lease) {
		this(lease, System::nanoTime);
	}

	LockHealth(Duration lease, LongSupplier clock) {
		this.leaseNanos = lease.toNanos();
		this.relatedNanos = Math.max(RELATED_LEASES * this.leaseNanos, LEAST_RELATED.toNanos());
		this.clock = clock;
	}

	/**
	 * Returns what is wrong.
	 * @return for how long all has failed, and the last failure; empty if nothing is
	 * wrong
	 */
	public Optional<Trouble> trouble() {
		Failures known = this.failures;
		long now = this.clock.getAsLong();
		if (known == null || now - known.first() < this.leaseNanos) {
			return Optional.empty();
		}
		if (now - known.last() > this.leaseNanos && this.callers.sum() == 0) {
			return Optional.empty();
		}
		return Optional.of(new Trouble(Duration.ofNanos(now - known.first()), known.reason()));
	}

	@Override
	public Wait begin(String key, @Nullable String name) {
		this.callers.increment();
		return this.call;
	}

	private void succeeded() {
		// Nearly always so: a look is cheaper than a lock.
		if (this.failures != null) {
			forget();
		}
	}

	private synchronized void forget() {
		this.failures = null;
	}

	private synchronized void failed(String reason) {
		long now = this.clock.getAsLong();
		Failures known = this.failures;
		boolean goesOn = known != null && now - known.last() <= this.relatedNanos;
		this.failures = new Failures((known != null && goesOn) ? known.first() : now, now, reason);
	}

	/**
	 * What is wrong.
	 *
	 * @param lasting for how long all has failed
	 * @param reason the last failure, in words that name no key
	 */
	public record Trouble(Duration lasting, String reason) {

	}

	private record Failures(long first, long last, String reason) {

	}

	/**
	 * All calls, of which it does not matter which is which.
	 */
	private final class Call implements Wait, Hold {

		@Override
		public Hold acquired(long fencingToken, LockOrigin origin) {
			LockHealth.this.callers.decrement();
			succeeded();
			return this;
		}

		@Override
		public void refused() {
			succeeded();
		}

		@Override
		public void troubled(LockStoreException failure) {
			LockHealth.this.failed(String.valueOf(failure.getMessage()));
		}

		@Override
		public void shared() {
			// That needs no Redis.
			LockHealth.this.callers.decrement();
		}

		@Override
		public void failed(LockNotAcquired.Reason reason, Throwable failure) {
			LockHealth.this.callers.decrement();
			if (failure instanceof LockStoreException) {
				LockHealth.this.failed(String.valueOf(failure.getMessage()));
			}
		}

		@Override
		public void renewed(RenewalOutcome outcome) {
			if (outcome == RenewalOutcome.FAILED) {
				LockHealth.this.failed("A lease could not be renewed");
			}
			else {
				succeeded();
			}
		}

		@Override
		public void released() {
			// Redis is yet to be told.
		}

		@Override
		public void lost(LeaseLost.Noticed noticed) {
			// A lost lock is no sign that the next one cannot be had.
		}

	}

}
