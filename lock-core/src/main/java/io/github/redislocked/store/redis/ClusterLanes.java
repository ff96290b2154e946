/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.ClusterSlotHashUtil;
import org.springframework.data.redis.connection.RedisClusterConnection;
import org.springframework.data.redis.connection.RedisClusterNode;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Which node of a cluster serves which slot, as it was some seconds ago. Good enough to
 * keep apart what goes to different nodes; the driver knows better where to send it.
 */
final class ClusterLanes {

	private static final Log logger = LogFactory.getLog(ClusterLanes.class);

	private static final long REFRESH_NANOS = TimeUnit.SECONDS.toNanos(10);

	/**
	 * While nobody knows the nodes, their slots are kept apart by thousands.
	 */
	private static final int UNKNOWN_SLOTS = 1024;

	private final RedisConnectionFactory connectionFactory;

	private final AtomicBoolean refreshing = new AtomicBoolean();

	private volatile @Nullable String[] lanes = new String[ClusterSlotHashUtil.SLOT_COUNT];

	private volatile long refreshAt = System.nanoTime();

	ClusterLanes(RedisConnectionFactory connectionFactory) {
		this.connectionFactory = connectionFactory;
	}

	/**
	 * Returns the name of the lane of a key. Never waits: the nodes are asked in the
	 * background.
	 * @param redisKey the Redis key
	 * @return the name of the lane
	 */
	String of(String redisKey) {
		refreshIfOld();
		int slot = ClusterSlotHashUtil.calculateSlot(redisKey);
		String lane = this.lanes[slot];
		return (lane != null) ? lane : "slots " + slot / UNKNOWN_SLOTS;
	}

	/**
	 * Asks the nodes in the background, if that was not done lately.
	 */
	void refreshIfOld() {
		if (this.refreshAt - System.nanoTime() <= 0 && this.refreshing.compareAndSet(false, true)) {
			Thread thread = new Thread(this::refresh, "redis-lock-slots");
			thread.setDaemon(true);
			thread.start();
		}
	}

	private void refresh() {
		try (RedisClusterConnection connection = this.connectionFactory.getClusterConnection()) {
			@Nullable String[] found = new String[ClusterSlotHashUtil.SLOT_COUNT];
			for (RedisClusterNode node : connection.clusterGetNodes()) {
				String lane = "node " + node.getId();
				for (int slot : node.isMaster() ? node.getSlotRange().getSlotsArray() : new int[0]) {
					found[slot] = lane;
				}
			}
			this.lanes = found;
		}
		catch (RuntimeException ex) {
			logger.debug("The nodes of the cluster could not be asked for their slots", ex);
		}
		finally {
			this.refreshAt = System.nanoTime() + REFRESH_NANOS;
			this.refreshing.set(false);
		}
	}

}
