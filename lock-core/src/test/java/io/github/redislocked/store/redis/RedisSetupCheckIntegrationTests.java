/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.Ports;
import io.github.redislocked.testing.TestCluster;
import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisSetupCheck}, with the real user whose rights are taken away one
 * by one.
 */
class RedisSetupCheckIntegrationTests {

	private static final String PREFIX = "redis-lock:";

	private static final String WHERE = "Redis at here";

	private static TestRedis server;

	private static StringRedisTemplate redis;

	@BeforeAll
	static void start() {
		server = TestRedis.start();
		redis = server.template();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void whenTheUserMayDoEverythingThenNothingIsFoundAndNothingIsLeft() {
		redis.opsForValue().set("mine", "untouched");
		long before = keys();
		assertThat(check(connected(), LockRights.QUEUE)).isEmpty();
		assertThat(check(connected(), LockRights.GETSET)).isEmpty();
		assertThat(keys()).isEqualTo(before);
		assertThat(TestRedis.channels(redis, PREFIX + "*")).isZero();
	}

	@Test
	void whenKeysMayBeEvictedThenThatIsFound() {
		config("maxmemory-policy", "allkeys-lru");
		try {
			assertThat(check(connected(), LockRights.QUEUE)).singleElement()
				.extracting(RedisFinding::toString)
				.isEqualTo(
						"Redis at here evicts keys when its memory is full (maxmemory-policy allkeys-lru), and held locks with them. "
								+ "Set maxmemory-policy to noeviction there, or keep locks on a server of their own.");
		}
		finally {
			config("maxmemory-policy", "noeviction");
		}
	}

	@Test
	void whenTheMemoryIsFullThenThatIsNoMissingRight() {
		config("maxmemory", "1");
		try {
			assertThat(check(connected(), LockRights.QUEUE)).isEmpty();
		}
		finally {
			config("maxmemory", "0");
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenRedisCannotBeReachedThenThatIsTheOnlyFinding(Driver driver) {
		RedisConnectionFactory nowhere = driver.connect(Ports.next());
		assertThat(check(nowhere, LockRights.QUEUE)).singleElement()
			.extracting(RedisFinding::toString)
			.asString()
			.startsWith("Redis at here could not be asked whether it is fit for locks: the connection failed;");
	}

	@Test
	void whenTheClocksDifferThenThatIsFound() {
		RedisConnectionFactory connections = connected();
		assertThat(RedisSetupCheck.of(LockRights.QUEUE, connections, PREFIX, () -> System.currentTimeMillis() - 60_000)
			.run(WHERE)).singleElement()
			.extracting(RedisFinding::problem)
			.asString()
			.matches("The clock of Redis at here is at least (59|60)\\d{3} ms ahead of this machine's: .*");
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenRedisIsAClusterThenEachPrimaryIsLookedAt(Driver driver, @TempDir Path directory) {
		try (TestCluster cluster = new TestCluster(2, 2, directory)) {
			RedisConnectionFactory connections = cluster.connect(driver, Duration.ofSeconds(10));
			RedisSetupCheck check = RedisSetupCheck.ofQueue(connections, PREFIX);
			assertThat(check.run(WHERE)).isEmpty();
			cluster.ask(1, (node) -> node.configSet("maxmemory-policy", "volatile-lru"));
			cluster.ask(0, (node) -> node.aclSetUser("default", "-zadd"));
			assertThat(check.run(WHERE)).extracting(RedisFinding::problem)
				.containsExactlyInAnyOrder(
						"The Redis Cluster node at 127.0.0.1:%d does not let its user run zadd: locks will fail"
							.formatted(cluster.node(0).port()),
						"The Redis Cluster node at 127.0.0.1:%d evicts keys when its memory is full (maxmemory-policy volatile-lru), and held locks with them"
							.formatted(cluster.node(1).port()));
		}
	}

	// As the user who may do everything.
	private static RedisConnectionFactory connected() {
		return Driver.LETTUCE.connect(new RedisStandaloneConfiguration("127.0.0.1", server.port()),
				Duration.ofSeconds(10));
	}

	static List<RedisFinding> check(RedisConnectionFactory connections, LockRights rights) {
		try {
			return RedisSetupCheck.of(rights, connections, PREFIX, System::currentTimeMillis).run(WHERE);
		}
		finally {
			destroy(connections);
		}
	}

	private static void destroy(RedisConnectionFactory connections) {
		try {
			((DisposableBean) connections).destroy();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static long keys() {
		return redis.execute((RedisConnection connection) -> connection.serverCommands().dbSize());
	}

	private static void config(String name, String value) {
		redis.execute((RedisConnection connection) -> {
			connection.serverCommands().setConfig(name, value);
			return null;
		});
	}

}
