/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.fault;

import java.time.Duration;
import java.util.List;

import io.github.redislocked.reliability.history.Check;
import io.github.redislocked.reliability.server.SentinelGroup;

/**
 * What goes wrong with a primary that has replicas and is watched by Sentinel.
 */
public final class SentinelFaults {

	/** Drivers ask the sentinels again, more and more seldom. */
	private static final Duration FOUND = Duration.ofSeconds(5);

	private SentinelFaults() {
	}

	/**
	 * Lists the faults.
	 * @param group the servers
	 * @return the faults
	 */
	public static List<Fault> all(SentinelGroup group) {
		return List.of(failOver(group), loseWrites(group));
	}

	private static Fault failOver(SentinelGroup group) {
		return Fault.of("F3 fail-over by Sentinel, clean", FOUND, true, (site) -> group.killPrimary())
			.revivedBy((site) -> group.revive());
	}

	// What was given up while no replica heard of it comes back with the next primary.
	private static Fault loseWrites(SentinelGroup group) {
		return Fault.of("F3b fail-over by Sentinel, lossy", FOUND, true, (site) -> group.killPrimaryLosing(() -> {
			site.pause(200 + site.random().nextInt(600));
			return true;
		})).excluding(Check.EXCLUSION, Check.COUNTER, Check.LINEARIZABLE).revivedBy((site) -> group.revive());
	}

}
