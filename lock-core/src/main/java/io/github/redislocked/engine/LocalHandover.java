/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;

/**
 * How far a lock may pass from caller to caller of one process without a command. After
 * that Redis is asked, and callers of other processes who wait get it first.
 *
 * @param maxPasses how often at most, counted from when the process got the lock; 0 for
 * never: the lock goes through Redis every time
 * @param maxDuration for how long at most, counted likewise
 * @since 0.1.0
 */
public record LocalHandover(int maxPasses, Duration maxDuration) {

	/**
	 * Sixteen times, for ten milliseconds.
	 */
	public static final LocalHandover DEFAULT = new LocalHandover(16, Duration.ofMillis(10));

	/**
	 * Never: every acquisition is one in Redis.
	 */
	public static final LocalHandover NONE = new LocalHandover(0, Duration.ZERO);

}
