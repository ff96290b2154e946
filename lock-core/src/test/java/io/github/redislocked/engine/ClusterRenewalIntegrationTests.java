/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.Renewal;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.Signals;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Jedis;

import org.springframework.data.redis.connection.ClusterSlotHashUtil;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Renewals in a cluster of which one node stands still.
 */
@DisabledOnOs(OS.WINDOWS)
class ClusterRenewalIntegrationTests {

	private static final int NODES = 3;

	private static final int SLOTS_PER_NODE = ClusterSlotHashUtil.SLOT_COUNT / NODES + 1;

	private static final Duration LEASE = Duration.ofSeconds(3);

	private static final Duration COMMAND = Duration.ofSeconds(2);

	private final List<TestRedis> nodes = new ArrayList<>();

	@TempDir
	private Path directory;

	@BeforeEach
	void start() {
		for (int i = 0; i < NODES; i++) {
			int port = TestRedis.freePort();
			while (port > 55_000) {
				// The bus of the cluster listens 10,000 ports higher.
				port = TestRedis.freePort();
			}
			this.nodes.add(TestRedis.startOn(port, "cluster-enabled yes", "dir " + this.directory,
					"cluster-config-file nodes-" + i + ".conf", "cluster-node-timeout 60000",
					"cluster-require-full-coverage no"));
			try (Jedis node = new Jedis("127.0.0.1", port)) {
				int first = i * SLOTS_PER_NODE;
				int end = Math.min(first + SLOTS_PER_NODE, ClusterSlotHashUtil.SLOT_COUNT);
				node.clusterAddSlots(IntStream.range(first, end).toArray());
				node.clusterMeet("127.0.0.1", this.nodes.get(0).port());
			}
		}
		for (TestRedis redis : this.nodes) {
			try (Jedis node = new Jedis("127.0.0.1", redis.port())) {
				Awaitility.await()
					.atMost(Duration.ofSeconds(30))
					.until(() -> node.clusterInfo().contains("cluster_slots_assigned:16384")
							&& node.clusterInfo().contains("cluster_state:ok"));
			}
		}
	}

	@AfterEach
	void stop() {
		this.nodes.forEach(TestRedis::close);
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenOneNodeStandsStillThenLeasesOnTheOthersAreRenewed(Driver driver) throws Exception {
		long pid = this.nodes.get(1).pid();
		LockEngine engine = new LockEngine(TestEngines.store(connect(driver)), TestEngines.SETTINGS);
		Map<Integer, List<Lease>> leases = new HashMap<>();
		for (int i = 0; i < 60; i++) {
			Lease lease = engine.acquire(LockSpec.of("k" + i).expire(LEASE).renew(Renewal.ALWAYS));
			int node = ClusterSlotHashUtil.calculateSlot("redis-lock:{k" + i + "}") / SLOTS_PER_NODE;
			leases.computeIfAbsent(node, (absent) -> new ArrayList<>()).add(lease);
		}
		assertThat(leases).hasSize(NODES);
		Signals.freeze(pid);
		try {
			Awaitility.await()
				.during(LEASE.multipliedBy(3))
				.atMost(LEASE.multipliedBy(4))
				.until(() -> leases.get(0).stream().allMatch(Lease::isHeld)
						&& leases.get(2).stream().allMatch(Lease::isHeld));
			assertThat(leases.get(1)).noneMatch(Lease::isHeld);
		}
		finally {
			Signals.thaw(pid);
		}
		leases.get(0).forEach(Lease::close);
		leases.get(2).forEach(Lease::close);
		engine.close();
	}

	private RedisConnectionFactory connect(Driver driver) {
		RedisClusterConfiguration cluster = new RedisClusterConfiguration(
				this.nodes.stream().map((node) -> "127.0.0.1:" + node.port()).toList());
		if (driver == Driver.JEDIS) {
			JedisConnectionFactory jedis = new JedisConnectionFactory(cluster,
					JedisClientConfiguration.builder().readTimeout(COMMAND).usePooling().build());
			jedis.afterPropertiesSet();
			jedis.start();
			return jedis;
		}
		LettuceConnectionFactory lettuce = new LettuceConnectionFactory(cluster,
				LettuceClientConfiguration.builder().commandTimeout(COMMAND).shutdownTimeout(Duration.ZERO).build());
		lettuce.afterPropertiesSet();
		lettuce.start();
		return lettuce;
	}

}
