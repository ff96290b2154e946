/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;

import io.github.redislocked.LockLostException;

/**
 * How a lock was lost.
 *
 * @param at when, on the monotonic clock
 * @param reason how that is known, a clause
 */
record Loss(long at, String reason) {

	/**
	 * The reason of a loss that the clock of this process has found.
	 */
	static final String RAN_OUT = "its lease ran out before it was released";

	/**
	 * The reason of a loss that a renewal has found.
	 */
	static final String AT_RENEWAL = "Redis did not know the lease any longer when it was renewed";

	/**
	 * The reason of a loss that only the release has found.
	 */
	static final String AT_RELEASE = "Redis did not know the lease any longer when it was released";

	/**
	 * The reason of a loss that somebody wanted.
	 */
	static final String BY_OPERATOR = "an operator has taken it away";

	/**
	 * The reason of a loss at the end of the engine's life.
	 */
	static final String AT_CLOSE = "it was released because the application is closing";

	Duration ago(long now) {
		return Duration.ofNanos(Math.max(0, now - this.at));
	}

	LockLostException toException(String key, long now) {
		return new LockLostException(key, ago(now), this.reason);
	}

	/**
	 * Returns what an operator can do so that it does not happen again.
	 * @return a sentence, without its last full stop
	 */
	String remedy() {
		return switch (this.reason) {
			case RAN_OUT -> "Give it a longer expire or have it renewed (renew = ALWAYS); if it was renewed, look for a"
					+ " pause of this process, for Redis being out of reach, and at redis-lock.max-hold";
			case AT_RENEWAL, AT_RELEASE ->
				"Look for keys that were deleted by hand or evicted, for an operator who has taken"
						+ " the lock away, and for a restart or a fail-over of Redis; a strict lease may have been too short for a"
						+ " pause of this process";
			case BY_OPERATOR -> "Ask who has done it: the instance that was told to has a line in its log";
			case AT_CLOSE -> "If such work may take longer than redis-lock.shutdown-grace, raise that";
			default -> "Look for a pause of this process";
		};
	}

}
