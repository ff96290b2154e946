/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;

import io.github.redislocked.LockSpec;
import org.jspecify.annotations.Nullable;

/**
 * A spec with every default filled in.
 *
 * @param key what is locked
 * @param expire the lease time
 * @param timeout the wait budget
 * @param renewed whether the lease is renewed while it is held
 * @param name what kind of lock it is, for logs
 */
record Terms(String key, Duration expire, Duration timeout, boolean renewed, @Nullable String name) {

	/**
	 * Clocks of the server and of this process may drift apart by one per cent.
	 */
	private static final int DRIFT = 100;

	static Terms of(LockSpec spec, LockEngineSettings settings) {
		return new Terms(spec.key(), spec.expire().orElse(settings.expire()), spec.timeout().orElse(settings.timeout()),
				spec.renewal().renews(spec.expire().isPresent()), spec.name().orElse(null));
	}

	/**
	 * Returns how much of a lease time may be relied on.
	 * @param nanos the lease time, as the store has it
	 * @return the time less drift
	 */
	static long withoutDrift(long nanos) {
		return nanos - nanos / DRIFT;
	}

}
