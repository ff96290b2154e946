/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

import io.github.redislocked.store.LockStore;

/**
 * What the acquisitions and the leases of one engine share.
 *
 * @param store where the locks are
 * @param background how the store is asked where no caller waits with its thread
 * @param clock the monotonic clock, in nanoseconds
 * @param threads the engine's threads
 * @param queues the callers of this process
 * @param tokens makes owner tokens
 * @param active the owner tokens in use
 * @param closings repeats what must be closed in the end
 * @param held the leases that are held
 * @param renewals sends renewals
 * @param settings what the engine was told
 */
record Parts(LockStore store, Background background, LongSupplier clock, EngineThreads threads,
		LocalQueues<Acquisition, Inheritance> queues, OwnerTokens tokens, ActiveTokens active, Closings closings,
		HeldLocks held, RenewalLanes renewals, LockEngineSettings settings) {

	private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

	long now() {
		return this.clock.getAsLong();
	}

	/**
	 * Waits, at the end of an engine's life, until something has come to rest.
	 * @param end until when to wait at most, on the monotonic clock
	 * @param condition what is waited for
	 */
	void awaitUntil(long end, BooleanSupplier condition) {
		while (!condition.getAsBoolean() && end - now() > 0 && !Thread.currentThread().isInterrupted()) {
			LockSupport.parkNanos(Math.min(LOOK_NANOS, end - now()));
		}
	}

}
