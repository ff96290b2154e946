/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

import io.github.redislocked.LockObserver;
import io.github.redislocked.store.LockCommands;
import io.github.redislocked.store.LockStore;
import org.jspecify.annotations.Nullable;

/**
 * What the acquisitions and the leases of one engine share.
 *
 * @param store where the locks are
 * @param clock the monotonic clock, in nanoseconds
 * @param threads the engine's threads
 * @param queues the callers of this process
 * @param tokens makes owner tokens
 * @param active the owner tokens in use
 * @param closings repeats what must be closed in the end
 * @param held the leases that are held
 * @param renewals sends renewals
 * @param events brings events to the listeners
 * @param observer sees what callers do, or {@code null} if nobody does
 * @param longHold how long a lease is renewed until that is told, zero for never
 * @param overlong warns of leases that last too long
 * @param settings what the engine was told
 */
record Parts(LockStore store, LongSupplier clock, EngineThreads threads, LocalQueues<Acquisition, Inheritance> queues,
		OwnerTokens tokens, ActiveTokens active, Closings closings, HeldLocks held, RenewalLanes renewals,
		LockEvents events, @Nullable LockObserver observer, Duration longHold, OverlongLeases overlong,
		LockEngineSettings settings) {

	private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

	/**
	 * Makes the parts of a new engine.
	 * @param store where the locks are
	 * @param settings what the engine is told
	 * @param clock the monotonic clock, in nanoseconds
	 * @param audience who is told what becomes of locks
	 * @return the parts, which are not told of wake-ups yet
	 */
	static Parts of(LockStore store, LockEngineSettings settings, LongSupplier clock, LockAudience audience) {
		EngineThreads threads = new EngineThreads();
		Closings closings = new Closings(threads);
		ActiveTokens active = new ActiveTokens((wakeUp) -> closings.repeat(wakeUp.key(),
				() -> background(store).cancel(wakeUp.key(), wakeUp.token()), (hopeless) -> hopeless, (answer) -> {
				}));
		return new Parts(store, clock, threads, new LocalQueues<>(), new OwnerTokens(settings.instanceId()), active,
				closings, new HeldLocks(), new RenewalLanes(store, threads, clock),
				new LockEvents(threads, audience::listeners), Observers.of(audience.observers()), audience.longHold(),
				new OverlongLeases(settings, clock), settings);
	}

	/**
	 * Returns how the store is asked where no caller waits with its thread.
	 * @return commands that do not block, if the store has such
	 */
	LockCommands background() {
		return background(this.store);
	}

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

	/**
	 * Ends everything at the end of an engine's life, when no lock is waited for any
	 * longer.
	 * @param last until when to wait at most for what is under way, on the monotonic
	 * clock
	 */
	void end(long last) {
		this.held.evictAll();
		awaitUntil(last, this.closings::isIdle);
		awaitUntil(last, this.threads::isAllTold);
		this.store.close();
		this.threads.close();
	}

	private static LockCommands background(LockStore store) {
		return store.nonBlocking().orElse(store);
	}

}
