/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.Lease;
import io.github.redislocked.sample.live.Happening.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Where callers come in and leave who have the lock: tells how it came to them and until
 * when they have it, and tells that again when it has become later. A lease that another
 * instance has handed over is short at first, and lifted to its full time soon after.
 */
class Entrance implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Entrance.class);

	// A small part of the time for which a lease is short.
	private static final Duration LOOK_EVERY = Duration.ofMillis(100);

	private static final Duration LEAST_GAIN = Duration.ofMillis(100);

	private final Feed feed;

	private final Origins origins;

	private final Map<Caller, Inside> inside = new ConcurrentHashMap<>();

	private final ScheduledExecutorService thread = Executors
		.newSingleThreadScheduledExecutor(new CustomizableThreadFactory("live-leases-"));

	Entrance(Feed feed, Origins origins) {
		this.feed = feed;
		this.origins = origins;
		this.thread.scheduleWithFixedDelay(this::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(),
				TimeUnit.MILLISECONDS);
	}

	/**
	 * Tells that a caller is inside.
	 */
	void enter(Caller caller, Lease lease) {
		Inside entered = new Inside(caller, lease);
		caller.tell(Kind.ENTER, entered.hold());
		this.inside.put(caller, entered);
	}

	/**
	 * Tells that a caller leaves, which has the lock still.
	 * @param caller who leaves
	 * @param how what it has done
	 */
	void leave(Caller caller, Kind how) {
		Inside leaving = this.inside.remove(caller);
		if (leaving != null) {
			leaving.tellIfLater();
		}
		caller.tell(how);
	}

	private void look() {
		try {
			this.inside.values().removeIf((each) -> !each.lease.isHeld());
			this.inside.values().forEach(Inside::tellIfLater);
		}
		catch (RuntimeException ex) {
			// The next look tells it.
			logger.debug("It could not be told how long a lease lasts", ex);
		}
	}

	@Override
	public void close() {
		this.thread.shutdownNow();
	}

	private final class Inside {

		private final Caller caller;

		private final Lease lease;

		// By the clock of this process.
		private long end;

		Inside(Caller caller, Lease lease) {
			this.caller = caller;
			this.lease = lease;
			this.end = end();
		}

		private long end() {
			return System.nanoTime() + this.lease.remaining().toNanos();
		}

		Hold hold() {
			// The time first: so the end that is told is never later than the lease's.
			long now = Entrance.this.feed.now();
			return new Hold(this.lease.key(), this.lease.fencingToken(), now + this.lease.remaining().toMillis(),
					Entrance.this.origins.of(this.lease));
		}

		synchronized void tellIfLater() {
			long later = end();
			if (later - this.end < LEAST_GAIN.toNanos()) {
				return;
			}
			Hold hold = hold();
			// Of a lease that is over by now, the time was no end.
			if (this.lease.isHeld()) {
				this.caller.tell(Kind.RENEWED, hold);
				this.end = later;
			}
		}

	}

}
