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
	 * The reason of a loss that only the release has found.
	 */
	static final String AT_RELEASE = "Redis did not know the lease any longer when it was released";

	Duration ago(long now) {
		return Duration.ofNanos(Math.max(0, now - this.at));
	}

	LockLostException toException(String key, long now) {
		return new LockLostException(key, ago(now), this.reason);
	}

}
