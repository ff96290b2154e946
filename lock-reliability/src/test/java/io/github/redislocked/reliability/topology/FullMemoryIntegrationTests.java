/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.topology;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.redislocked.Lease;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockStoreException;
import io.github.redislocked.Renewal;
import io.github.redislocked.reliability.server.FillableRedis;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Locks on a server whose memory is full: it refuses what is new, or forgets what it has.
 */
class FullMemoryIntegrationTests {

	private static final Duration LEASE = Duration.ofSeconds(3);

	@TempDir
	private static Path directory;

	private static FillableRedis redis;

	private static Application first;

	private static Application second;

	private final String key = "book:" + UUID.randomUUID();

	private final String redisKey = "redis-lock:{" + this.key + "}";

	@BeforeAll
	static void start() {
		redis = new FillableRedis(directory);
		List<String> properties = List.of("spring.data.redis.port=" + redis.server().port());
		first = new Application(Driver.LETTUCE, properties);
		second = new Application(Driver.JEDIS, properties);
	}

	@AfterAll
	static void stop() {
		first.close();
		second.close();
		redis.close();
	}

	@AfterEach
	void relieve() {
		redis.relieve();
	}

	@Test
	void whenTheServerRefusesThenNobodyAcquiresButHoldersGoOn() throws Exception {
		Lease renewed = first.locks().acquire(spec(":renewed").expire(LEASE).renew(Renewal.ALWAYS));
		Lease awaited = first.locks().acquire(spec(""));
		CompletableFuture<Lease> next = second.locks().acquireAsync(spec("")).toCompletableFuture();
		TestRedis.awaitWaiters(new StringRedisTemplate(first.connections()), this.key, 1);
		redis.fill("noeviction", (server) -> false);
		for (Application application : List.of(first, second)) {
			assertThatExceptionOfType(LockStoreException.class)
				.isThrownBy(() -> application.locks().acquire(spec(":new")))
				.withMessageContaining("its memory is full")
				.satisfies((ex) -> assertThat(ex.isTransient()).isFalse());
			assertThatExceptionOfType(LockStoreException.class)
				.isThrownBy(() -> application.shelf().read(this.key + ":new", () -> "never"));
		}
		Awaitility.await().during(LEASE.dividedBy(2)).until(renewed::isHeld);
		renewed.renew(LEASE.multipliedBy(2));
		awaited.close();
		Lease granted = next.get(20, TimeUnit.SECONDS);
		assertThat(granted.fencingToken()).isGreaterThan(awaited.fencingToken());
		granted.renew(LEASE);
		granted.close();
		renewed.close();
		assertGone(":queue");
		redis.relieve();
		second.locks().acquire(spec(":new")).close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "allkeys-lru", "volatile-lru" })
	void whenTheServerForgetsThenFencingTokensGrowAndLossesAreTold(String policy) throws Exception {
		for (int i = 0; i < 3; i++) {
			Lease lease = first.locks().acquire(spec("").expire(LEASE).renew(Renewal.ALWAYS));
			AtomicInteger losses = new AtomicInteger();
			lease.onLost(losses::incrementAndGet);
			redis.fill(policy, (server) -> server.exists(this.redisKey, this.redisKey + ":fence") == 0);
			assertGone(":fence");
			redis.relieve();
			Lease next = second.locks().acquire(spec(""));
			assertThat(next.fencingToken()).isGreaterThan(lease.fencingToken());
			Awaitility.await().until(() -> losses.get() == 1);
			assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close);
			next.close();
		}
	}

	private void assertGone(String other) {
		long left = redis.server().ask((server) -> server.exists(this.redisKey, this.redisKey + other));
		assertThat(left).isZero();
	}

	private LockSpec spec(String part) {
		return LockSpec.of(this.key + part).timeout(Duration.ofSeconds(30));
	}

}
