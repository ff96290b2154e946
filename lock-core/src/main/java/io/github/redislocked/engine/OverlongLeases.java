/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.github.redislocked.LoggedText;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Looks at how long holders still have their locks. When the clock of a server is set
 * back, every lease that runs becomes so much longer, and a holder that has gone keeps
 * everybody out for that long. What a waiter knows of leases is what this application
 * asks for itself, and that none is renewed for longer than the longest hold.
 */
final class OverlongLeases {

	private static final Log logger = LogFactory.getLog(OverlongLeases.class);

	private static final long WARNED_FOR_NANOS = TimeUnit.HOURS.toNanos(1);

	private final LongSupplier clock;

	private final Duration longest;

	private @Nullable Long warnedAt;

	/**
	 * Begins to look.
	 * @param settings what the engine was told
	 * @param clock the monotonic clock, in nanoseconds
	 */
	OverlongLeases(LockEngineSettings settings, LongSupplier clock) {
		this.clock = clock;
		this.longest = longer(settings.maxHold(), settings.expire());
	}

	/**
	 * Looks at what a caller was answered that has to wait. Warns at most once an hour.
	 * @param terms what the caller asked for
	 * @param remaining how long the holder's lease still lasts, or {@code null} if that
	 * is not known
	 */
	void look(Terms terms, @Nullable Duration remaining) {
		Duration known = longer(this.longest, terms.expire());
		if (remaining == null || remaining.compareTo(known) <= 0 || !isTime()) {
			return;
		}
		logger
			.warn(("A lock will be held for %s, longer than any lease that is known here (%s). If no other application "
					+ "takes such long ones, the clock of the Redis server was set back: a holder that has gone keeps its "
					+ "lock for that long, unless its Redis key is deleted")
				.formatted(remaining, known));
		if (logger.isDebugEnabled()) {
			logger.debug("That was lock '%s'".formatted(LoggedText.of(terms.key())));
		}
	}

	private synchronized boolean isTime() {
		long now = this.clock.getAsLong();
		if (this.warnedAt != null && now - this.warnedAt < WARNED_FOR_NANOS) {
			return false;
		}
		this.warnedAt = now;
		return true;
	}

	private static Duration longer(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? other : one;
	}

}
