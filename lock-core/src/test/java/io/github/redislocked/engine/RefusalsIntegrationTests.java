/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockStoreException;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the engine makes of a Redis that answers, but refuses: what can pass is waited
 * for, what cannot is told at once.
 */
class RefusalsIntegrationTests {

	/** Longer than any test is ready to wait. */
	private static final Duration LONG = Duration.ofMinutes(2);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenAReplicaIsAskedThenWaitsForItsPromotion(Driver driver) throws Exception {
		try (TestRedis primary = TestRedis.start();
				TestRedis replica = TestRedis.start("replicaof 127.0.0.1 " + primary.port())) {
			LockEngine engine = engine(replica, driver);
			Future<Lease> caller = this.threads.submit(() -> engine.acquire(spec()));
			refusedAndWaiting(engine, caller);
			server(replica, (connection) -> connection.serverCommands().replicaOfNoOne());
			caller.get(30, TimeUnit.SECONDS).close();
			engine.close();
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenRedisIsBusyThenWaitsForTheEndOfTheScript(Driver driver) throws Exception {
		try (TestRedis redis = TestRedis.start("lua-time-limit 10")) {
			LockEngine engine = engine(redis, driver);
			engine.acquire(spec()).close();
			StringRedisTemplate other = redis.template();
			CompletableFuture<?> script = CompletableFuture
				.runAsync(() -> redis.template().execute(RedisScript.of("while true do end"), List.of()), this.threads)
				.handle((result, failure) -> failure);
			Awaitility.await().until(() -> {
				try {
					other.hasKey("k");
					return false;
				}
				catch (RuntimeException ex) {
					return true;
				}
			});
			Future<Lease> caller = this.threads.submit(() -> engine.acquire(spec()));
			refusedAndWaiting(engine, caller);
			server(redis, (connection) -> connection.scriptingCommands().scriptKill());
			caller.get(30, TimeUnit.SECONDS).close();
			script.join();
			engine.close();
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenTheUserLacksTheRightThenToldAtOnce(Driver driver) {
		try (TestRedis redis = TestRedis.start("user default on nopass ~* &* +@all -eval -evalsha")) {
			LockEngine engine = engine(redis, driver);
			finallyRefused(engine, "NOPERM");
			engine.close();
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenMemoryIsFullThenToldAtOnceAndHeldLocksAreRenewedAndReleased(Driver driver) throws Exception {
		try (TestRedis redis = TestRedis.start()) {
			LockEngine engine = engine(redis, driver);
			Lease lease = engine.acquire(LockSpec.of("held"));
			config(redis, "maxmemory", "1");
			finallyRefused(engine, "OOM");
			lease.renew(Duration.ofSeconds(50));
			assertThat(lease.remaining()).isGreaterThan(Duration.ofSeconds(40));
			lease.close();
			assertThat(redis.template().hasKey("redis-lock:{held}")).isFalse();
			engine.close();
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenReplicasLackThenToldAtOnceAndAReleaseIsRepeated(Driver driver) throws Exception {
		try (TestRedis redis = TestRedis.start()) {
			LockEngine engine = engine(redis, driver);
			Lease lease = engine.acquire(LockSpec.of("held"));
			config(redis, "min-replicas-to-write", "1");
			finallyRefused(engine, "NOREPLICAS");
			lease.close();
			StringRedisTemplate template = redis.template();
			assertThat(template.hasKey("redis-lock:{held}")).isTrue();
			config(redis, "min-replicas-to-write", "0");
			Awaitility.await().until(() -> !template.hasKey("redis-lock:{held}"));
			engine.acquire(spec()).close();
			engine.close();
		}
	}

	private static void finallyRefused(LockEngine engine, String code) {
		assertThatExceptionOfType(LockStoreException.class).isThrownBy(() -> engine.acquire(spec().timeout(LONG)))
			.withStackTraceContaining(code)
			.satisfies((ex) -> assertThat(ex.isTransient()).isFalse());
	}

	private static void refusedAndWaiting(LockEngine engine, Future<Lease> caller) {
		// Asked more than once, and refused.
		Awaitility.await().during(Duration.ofMillis(300)).until(() -> !caller.isDone());
		assertThat(engine.parts().held().isEmpty()).isTrue();
		assertThat(engine.parts().queues().size()).isEqualTo(1);
	}

	private static LockEngine engine(TestRedis redis, Driver driver) {
		return new LockEngine(TestEngines.store(redis.connect(driver)), TestEngines.SETTINGS);
	}

	private static void config(TestRedis redis, String name, String value) {
		server(redis, (connection) -> connection.serverCommands().setConfig(name, value));
	}

	private static void server(TestRedis redis, Consumer<RedisConnection> command) {
		redis.template().execute((RedisCallback<Object>) (connection) -> {
			command.accept(connection);
			return null;
		});
	}

	private static LockSpec spec() {
		return LockSpec.of("k").timeout(Duration.ofSeconds(60));
	}

}
