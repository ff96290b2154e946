/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.UUID;

import io.github.redislocked.Lease;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockStoreException;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * That fencing tokens grow over two engines, like two processes, whatever Redis forgets.
 */
class FencingIntegrationTests {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private final String key = "order:" + UUID.randomUUID();

	private final String lock = "redis-lock:{" + this.key + "}";

	private TestRedis redis = TestRedis.start();

	private final StringRedisTemplate template = this.redis.template();

	private final TestEngines started = new TestEngines(this.redis, Driver.LETTUCE);

	private final List<LockEngine> engines = List.of(this.started.start(), this.started.start());

	private long last;

	@AfterEach
	void stop() {
		this.started.close();
		this.redis.close();
	}

	@Test
	void whenSharedOrTakenAgainThenTheSameOrGreater() throws Exception {
		for (int i = 0; i < 50; i++) {
			assertGreaterOnBoth();
		}
		try (Lease lease = acquire(this.engines.get(0))) {
			lease.call(() -> {
				try (Lease inner = this.engines.get(0).acquire(LockSpec.of(this.key))) {
					assertThat(inner.fencingToken()).isEqualTo(lease.fencingToken());
				}
				return null;
			});
		}
		assertGreaterOnBoth();
	}

	@Test
	void whenALeaseRanOutThenGreater() throws Exception {
		assertLostTo(this.engines.get(1), acquire(this.engines.get(0), Duration.ofMillis(50)));
		assertGreaterOnBoth();
	}

	@Test
	void whenFlushedWhileHeldOrFreeThenGreater() throws Exception {
		whenForgotten(this::flush);
	}

	@Test
	void whenRestartedWithoutPersistenceWhileHeldOrFreeThenGreater() throws Exception {
		whenForgotten(() -> {
			this.redis.close();
			this.redis = TestRedis.startOn(this.redis.port());
		});
	}

	@Test
	void whenTheStateIsEvictedWhileHeldOrFreeThenGreater() throws Exception {
		Lease lease = acquire(this.engines.get(0));
		assertThat(this.template.delete(this.lock + ":fence")).isTrue();
		lease.renew(Duration.ofMinutes(1));
		lease.close();
		assertGreaterOnBoth();
		assertThat(this.template.delete(this.lock + ":fence")).isTrue();
		assertGreaterOnBoth();
	}

	@Test
	void whenTheServerEvictsWhatItLikesThenGreater() throws Exception {
		configure("maxmemory-policy", "allkeys-lru");
		Lease stale = acquire(this.engines.get(0));
		fillUntilEvicted();
		assertLostTo(this.engines.get(1), stale);
		assertGreaterOnBoth();
		fillUntilEvicted();
		assertGreaterOnBoth();
	}

	@Test
	void whenAReplicaIsPromotedThenGreater() throws Exception {
		try (TestRedis replica = TestRedis.start();
				TestEngines startedThere = new TestEngines(replica, Driver.LETTUCE)) {
			StringRedisTemplate promoted = replica.template();
			replicate(promoted, Integer.toString(this.redis.port()));
			Lease replicated = acquire(this.engines.get(0));
			awaitOn(promoted, replicated.ownerToken());
			// From here on the replica misses what happens.
			replicate(promoted, null);
			replicated.close();
			for (int i = 0; i < 10; i++) {
				assertGreaterOnBoth();
			}
			Lease unreplicated = acquire(this.engines.get(1));
			LockEngine there = startedThere.start();
			// The primary has given it back, but the replica does not know.
			assertThat(promoted.opsForValue().get(this.lock)).isEqualTo(replicated.ownerToken());
			promoted.expire(this.lock, Duration.ofMillis(1));
			try (Lease lease = acquire(there)) {
				assertThat(lease.fencingToken()).isGreaterThan(unreplicated.fencingToken());
			}
			unreplicated.close();
		}
	}

	private void whenForgotten(Runnable forget) throws InterruptedException {
		Lease stale = acquire(this.engines.get(0));
		forget.run();
		assertLostTo(this.engines.get(1), stale);
		assertGreaterOnBoth();
		forget.run();
		assertGreaterOnBoth();
	}

	private void assertGreaterOnBoth() throws InterruptedException {
		for (LockEngine engine : this.engines) {
			acquire(engine).close();
		}
	}

	private Lease acquire(LockEngine engine) throws InterruptedException {
		return acquire(engine, Duration.ofMinutes(2));
	}

	private Lease acquire(LockEngine engine, Duration expire) throws InterruptedException {
		Lease lease = engine.acquire(LockSpec.of(this.key).expire(expire).timeout(PATIENCE));
		assertThat(lease.fencingToken()).isGreaterThan(this.last);
		this.last = lease.fencingToken();
		return lease;
	}

	// Redis may take a moment to come back.
	private void assertLostTo(LockEngine engine, Lease stale) throws InterruptedException {
		acquire(engine).close();
		Awaitility.await()
			.ignoreException(LockStoreException.class)
			.untilAsserted(() -> assertThatExceptionOfType(LockLostException.class)
				.isThrownBy(() -> stale.renew(Duration.ofMinutes(2))));
		assertThatExceptionOfType(LockLostException.class).isThrownBy(stale::close);
	}

	private void flush() {
		this.template.execute((RedisConnection connection) -> {
			connection.serverCommands().flushAll();
			return null;
		});
	}

	private void configure(String name, String value) {
		this.template.execute((RedisConnection connection) -> {
			connection.serverCommands().setConfig(name, value);
			return null;
		});
	}

	// The lock and its state are the oldest keys, and so the first to go.
	private void fillUntilEvicted() {
		configure("maxmemory", Long.toString(usedMemory() + 2_000_000));
		String value = "x".repeat(10_000);
		for (int i = 0; i < 100_000 && Boolean.TRUE.equals(this.template.hasKey(this.lock + ":fence")); i++) {
			this.template.opsForValue().set("filling:" + i, value);
		}
		for (int i = 0; i < 100_000 && Boolean.TRUE.equals(this.template.hasKey(this.lock)); i++) {
			this.template.opsForValue().set("filling:more:" + i, value);
		}
		assertThat(this.template.keys(this.lock + "*")).isEmpty();
		configure("maxmemory", "0");
	}

	private long usedMemory() {
		Properties info = this.template
			.execute((RedisConnection connection) -> connection.serverCommands().info("memory"));
		return Long.parseLong(info.getProperty("used_memory"));
	}

	private static void replicate(StringRedisTemplate template, String port) {
		template.execute((RedisConnection connection) -> {
			if (port != null) {
				connection.serverCommands().replicaOf("127.0.0.1", Integer.parseInt(port));
			}
			else {
				connection.serverCommands().replicaOfNoOne();
			}
			return null;
		});
	}

	private void awaitOn(StringRedisTemplate replica, String ownerToken) {
		Awaitility.await().atMost(PATIENCE).until(() -> ownerToken.equals(replica.opsForValue().get(this.lock)));
	}

}
