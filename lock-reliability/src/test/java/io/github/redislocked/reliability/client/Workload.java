/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.client;

import java.time.Duration;

/**
 * What the callers of a process do.
 *
 * @param profile how they use locks
 * @param pause the longest time that they rest between two operations
 */
public record Workload(Profile profile, Duration pause) {

	/**
	 * Returns a workload without rests.
	 * @param profile how locks are used
	 * @return the workload
	 */
	public static Workload of(Profile profile) {
		return new Workload(profile, Duration.ZERO);
	}

}
