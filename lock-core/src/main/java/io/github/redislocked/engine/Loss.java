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

	LockLostException toException(String key, long now) {
		return new LockLostException(key, Duration.ofNanos(Math.max(0, now - this.at)), this.reason);
	}

}
