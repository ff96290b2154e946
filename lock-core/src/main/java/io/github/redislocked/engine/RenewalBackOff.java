/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.concurrent.TimeUnit;

/**
 * How long to wait before a renewal that failed is sent again: longer each time, but soon
 * enough for the rest of the lease.
 */
final class RenewalBackOff {

	private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final int ATTEMPTS_LEFT = 3;

	private long nanos = SHORTEST_NANOS;

	void reset() {
		this.nanos = SHORTEST_NANOS;
	}

	/**
	 * Returns the next pause.
	 * @param remaining nanoseconds that are left of the lease
	 * @return nanoseconds
	 */
	long next(long remaining) {
		long pause = Math.max(SHORTEST_NANOS, Math.min(this.nanos, remaining / ATTEMPTS_LEFT));
		this.nanos = Math.min(2 * this.nanos, LONGEST_NANOS);
		return pause;
	}

}
