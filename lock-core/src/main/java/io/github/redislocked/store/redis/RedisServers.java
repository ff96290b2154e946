/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import io.github.redislocked.store.RenewalLane;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisClusterConnection;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * What is known of the servers behind the application's connections: one or a cluster,
 * and whether the driver takes commands without waiting for answers.
 */
final class RedisServers {

	/**
	 * How many renewals are sent together at most.
	 */
	private static final int BATCH = 500;

	private static final RenewalLane ONE_SERVER = new RenewalLane("server", BATCH);

	private final RedisConnectionFactory connectionFactory;

	private final ClusterLanes clusterLanes;

	private volatile @Nullable Setup setup;

	RedisServers(RedisConnectionFactory connectionFactory) {
		this.connectionFactory = connectionFactory;
		this.clusterLanes = new ClusterLanes(connectionFactory);
	}

	/**
	 * Returns whether this is a cluster. The first call asks, by the calling thread.
	 * @return {@code true} also if nobody could say; the command that follows meets the
	 * same failure, and tells it
	 */
	boolean isCluster() {
		Setup known = this.setup;
		if (known == null) {
			try (RedisConnection connection = this.connectionFactory.getConnection()) {
				known = new Setup(connection instanceof RedisClusterConnection, LettuceScripts.areSpokenBy(connection));
				this.setup = known;
				if (known.cluster) {
					this.clusterLanes.refreshIfOld();
				}
			}
			catch (RuntimeException ex) {
				return true;
			}
		}
		return known.cluster;
	}

	/**
	 * Returns whether the driver is Lettuce, whose connections take commands from any
	 * thread without waiting for answers. Never waits.
	 * @return {@code false} also as long as it is not known
	 */
	boolean areAskedByLettuce() {
		Setup known = this.setup;
		return known != null && known.lettuce;
	}

	/**
	 * Returns which renewals go out together with those of a key. Never waits: what the
	 * servers are is known since the key was acquired.
	 * @param redisKey the Redis key
	 * @return the lane
	 */
	RenewalLane lane(String redisKey) {
		Setup known = this.setup;
		if (known == null || !known.cluster) {
			return ONE_SERVER;
		}
		// Spring Data knows no pipeline for a cluster on Jedis.
		return new RenewalLane(this.clusterLanes.of(redisKey), known.lettuce ? BATCH : 1);
	}

	private record Setup(boolean cluster, boolean lettuce) {

	}

}
