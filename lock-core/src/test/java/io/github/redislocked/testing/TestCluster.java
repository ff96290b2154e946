/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.testing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import redis.clients.jedis.Jedis;

import org.springframework.data.redis.connection.ClusterSlotHashUtil;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * A Redis Cluster of primaries, some of which share the slots evenly. It serves what it
 * can when a slot is missing, and is slow to give up a node.
 */
public final class TestCluster implements AutoCloseable {

	private final List<TestRedis> nodes = new ArrayList<>();

	private final int slotsPerNode;

	/**
	 * Starts a cluster, and waits until its nodes know each other.
	 * @param size how many nodes
	 * @param owners how many of them have slots at first, the first ones
	 * @param directory where they keep their files
	 */
	public TestCluster(int size, int owners, Path directory) {
		this.slotsPerNode = (ClusterSlotHashUtil.SLOT_COUNT + owners - 1) / owners;
		for (int i = 0; i < size; i++) {
			this.nodes.add(TestRedis.start("cluster-enabled yes", "dir " + directory,
					"cluster-config-file nodes-" + i + ".conf", "cluster-node-timeout 60000",
					"cluster-require-full-coverage no"));
			if (i < owners) {
				int first = i * this.slotsPerNode;
				int end = Math.min(first + this.slotsPerNode, ClusterSlotHashUtil.SLOT_COUNT);
				ask(i, (node) -> node.clusterAddSlots(IntStream.range(first, end).toArray()));
			}
			ask(i, (node) -> node.clusterMeet("127.0.0.1", this.nodes.get(0).port()));
		}
		for (int i = 0; i < size; i++) {
			int number = i;
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
				String info = ask(number, Jedis::clusterInfo);
				return info.contains("cluster_slots_assigned:16384") && info.contains("cluster_state:ok");
			});
		}
	}

	/**
	 * Returns a node.
	 * @param number its number, from zero
	 * @return the node
	 */
	public TestRedis node(int number) {
		return this.nodes.get(number);
	}

	/**
	 * Tells which node had the slot of a lock at first.
	 * @param key the key, without characters that are escaped
	 * @return the number of the node
	 */
	public int nodeOf(String key) {
		return slotOf(key) / this.slotsPerNode;
	}

	/**
	 * Tells in which slot a lock is.
	 * @param key the key, without characters that are escaped
	 * @return the slot
	 */
	public static int slotOf(String key) {
		return ClusterSlotHashUtil.calculateSlot("redis-lock:{" + key + "}");
	}

	/**
	 * Asks one node, whatever slot this is about.
	 * @param <T> type of the answer
	 * @param number its number, from zero
	 * @param question what to ask
	 * @return the answer
	 */
	public <T> T ask(int number, Function<Jedis, T> question) {
		try (Jedis node = new Jedis("127.0.0.1", node(number).port())) {
			return question.apply(node);
		}
	}

	/**
	 * Opens connections through a driver, as to a cluster.
	 * @param driver the driver
	 * @param timeout how long a command may take
	 * @return a started connection factory
	 */
	public RedisConnectionFactory connect(Driver driver, Duration timeout) {
		RedisClusterConfiguration cluster = new RedisClusterConfiguration(
				this.nodes.stream().map((node) -> "127.0.0.1:" + node.port()).toList());
		if (driver == Driver.JEDIS) {
			JedisConnectionFactory jedis = new JedisConnectionFactory(cluster,
					JedisClientConfiguration.builder().readTimeout(timeout).usePooling().build());
			jedis.afterPropertiesSet();
			jedis.start();
			return jedis;
		}
		LettuceConnectionFactory lettuce = new LettuceConnectionFactory(cluster,
				LettuceClientConfiguration.builder().commandTimeout(timeout).shutdownTimeout(Duration.ZERO).build());
		lettuce.afterPropertiesSet();
		lettuce.start();
		return lettuce;
	}

	@Override
	public void close() {
		this.nodes.forEach(TestRedis::close);
	}

}
