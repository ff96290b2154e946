/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.fault;

import java.time.Duration;
import java.util.List;

import io.github.redislocked.reliability.client.Profile;
import io.github.redislocked.reliability.history.History;
import io.github.redislocked.reliability.server.RedisCluster;

/**
 * What goes wrong in a cluster.
 */
public final class ClusterFaults {

	private static final Duration FOUND = Duration.ofSeconds(5);

	private static final int MOVES = 8;

	private ClusterFaults() {
	}

	/**
	 * Lists the faults.
	 * @param cluster the servers
	 * @return the faults
	 */
	public static List<Fault> all(RedisCluster cluster) {
		return List.of(moveSlots(cluster), killPrimary(cluster));
	}

	private static Fault moveSlots(RedisCluster cluster) {
		return Fault.of("F4 slots moved with their keys", Duration.ofMillis(800), true, (site) -> {
			for (int i = 0; i < MOVES; i++) {
				cluster.moveSlot(redisKey(site));
			}
		});
	}

	private static Fault killPrimary(RedisCluster cluster) {
		return Fault
			.of("F4 a primary of the cluster killed", FOUND, true, (site) -> cluster.killPrimaryOf(redisKey(site)))
			.revivedBy((site) -> cluster.revive());
	}

	// One that everybody wants.
	private static String redisKey(Site site) {
		return "redis-lock:{" + History.keyOf(site.random().nextInt(Profile.HOT_KEYS)) + "}";
	}

}
