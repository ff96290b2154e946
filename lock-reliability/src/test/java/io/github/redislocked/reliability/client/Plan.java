/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.client;

import java.time.Duration;
import java.util.SplittableRandom;

import io.github.redislocked.LockSpec;
import io.github.redislocked.Renewal;
import io.github.redislocked.reliability.history.History;

/**
 * What a caller does next.
 *
 * @param key number of the key
 * @param expire lease time
 * @param renewed whether the lease is renewed
 * @param timeout wait budget
 * @param hold how long it works under the lock, in nanoseconds
 * @param reentrant whether it takes the lock once more while it has it
 * @param cancelAfter after how many nanoseconds it cancels an attempt, if it does not
 * block; zero for never
 */
record Plan(int key, Duration expire, boolean renewed, Duration timeout, long hold, boolean reentrant,
		long cancelAfter) {

	LockSpec spec() {
		return LockSpec.of(History.keyOf(this.key))
			.expire(this.expire)
			.timeout(this.timeout)
			.renew(this.renewed ? Renewal.ALWAYS : Renewal.NEVER);
	}

	// A value out of a hundred thousand.
	static int dice(SplittableRandom random) {
		return random.nextInt(100_000);
	}

}
