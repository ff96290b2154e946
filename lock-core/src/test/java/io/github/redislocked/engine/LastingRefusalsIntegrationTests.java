/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockStoreException;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the engine makes of a Redis that refuses, and will not stop by itself: a caller is
 * told at once what to do. Locks that are held stay so, and are released when they can
 * be.
 */
class LastingRefusalsIntegrationTests {

	/** Longer than it takes to be told at once, on any machine. */
	private static final Duration LONG = Duration.ofSeconds(15);

	private static final Map<Driver, LockEngine> ENGINES = new EnumMap<>(Driver.class);

	private static TestRedis server;

	private static StringRedisTemplate redis;

	@TempDir
	private static Path directory;

	private final String key = "k:" + UUID.randomUUID();

	private final String held = "held:" + UUID.randomUUID();

	@BeforeAll
	static void start() {
		server = TestRedis.start("dir " + directory);
		redis = server.template();
		for (Driver driver : Driver.values()) {
			ENGINES.put(driver, engine(driver));
		}
	}

	@AfterAll
	static void stop() {
		ENGINES.values().forEach(LockEngine::close);
		server.close();
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	@DisabledIfSystemProperty(named = "redis.user", matches = "restricted",
			disabledReason = "is about what another user may do")
	void whenTheUserLacksTheRightThenToldAtOnce(Driver driver) throws Exception {
		whileRefused(driver, () -> acl("-eval", "-evalsha"), () -> acl("+@all"), "NOPERM",
				"give it the commands and keys");
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	@DisabledIfSystemProperty(named = "redis.user", matches = "restricted",
			disabledReason = "is about what another user may do")
	void whenThePasswordIsMissingThenToldAtOnce(Driver driver) {
		config("requirepass", "secret");
		LockEngine stranger = engine(driver);
		try {
			// A long command is refused as a protocol error, which has no code of its
			// own.
			finallyRefused(stranger, (driver == Driver.JEDIS) ? "unauthenticated multibulk length" : "NOAUTH",
					"check spring.data.redis.username and password");
		}
		finally {
			config("requirepass", "");
		}
		stranger.close();
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenTheKeyHoldsSomethingElseThenToldAtOnce(Driver driver) throws Exception {
		String lock = "redis-lock:{" + this.key + "}";
		redis.opsForList().rightPush(lock, "mine");
		finallyRefused(ENGINES.get(driver), "WRONGTYPE", "give the lock another key or key-prefix");
		assertThat(redis.opsForList().range(lock, 0, -1)).containsExactly("mine");
		redis.delete(lock);
		Awaitility.await().until(ENGINES.get(driver).parts().closings()::isIdle);
		ENGINES.get(driver).acquire(spec()).close();
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenMemoryIsFullThenToldAtOnceAndHeldLocksAreRenewedAndReleased(Driver driver) throws Exception {
		Lease lease = ENGINES.get(driver).acquire(LockSpec.of(this.held));
		config("maxmemory", "1");
		finallyRefused(ENGINES.get(driver), "OOM", "raise maxmemory");
		lease.renew(Duration.ofSeconds(50));
		assertThat(lease.remaining()).isGreaterThan(Duration.ofSeconds(40));
		lease.close();
		assertThat(isLocked()).isFalse();
		config("maxmemory", "0");
		Awaitility.await().until(ENGINES.get(driver).parts().closings()::isIdle);
		ENGINES.get(driver).acquire(spec()).close();
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenReplicasLackThenToldAtOnceAndAReleaseIsRepeated(Driver driver) throws Exception {
		whileRefused(driver, () -> config("min-replicas-to-write", "1"), () -> config("min-replicas-to-write", "0"),
				"NOREPLICAS", "see min-replicas-to-write");
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenNothingCanBeSavedThenToldAtOnceAndAReleaseIsRepeated(Driver driver) throws Exception {
		// No file can take the place of a directory.
		Path dump = Files.createDirectories(directory.resolve("dump.rdb"));
		whileRefused(driver, () -> {
			config("save", "3600 1000000");
			server((connection) -> connection.serverCommands().bgSave());
			Awaitility.await()
				.until(() -> redis.execute((RedisConnection connection) -> connection.serverCommands()
					.info("persistence")
					.getProperty("rdb_last_bgsave_status")
					.equals("err")));
		}, () -> config("save", ""), "MISCONF", "see the server's log");
		Files.delete(dump);
	}

	private void whileRefused(Driver driver, Runnable begin, Runnable end, String code, String advice)
			throws InterruptedException {
		LockEngine engine = ENGINES.get(driver);
		Lease lease = engine.acquire(LockSpec.of(this.held));
		try {
			begin.run();
			finallyRefused(engine, code, advice);
			assertThatExceptionOfType(LockStoreException.class).isThrownBy(() -> lease.renew(Duration.ofSeconds(50)))
				.withMessageContaining(code);
			assertThat(lease.isHeld()).isTrue();
			lease.close();
			// Long enough for repetitions to be refused too.
			Awaitility.await().during(Duration.ofMillis(200)).until(() -> !engine.parts().closings().isIdle());
		}
		finally {
			end.run();
		}
		Awaitility.await().until(engine.parts().closings()::isIdle);
		assertThat(isLocked()).isFalse();
		engine.acquire(spec()).close();
	}

	private void finallyRefused(LockEngine engine, String code, String advice) {
		long start = System.nanoTime();
		assertThatExceptionOfType(LockStoreException.class).isThrownBy(() -> engine.acquire(spec()))
			.withMessageContaining(code)
			.withMessageContaining(advice)
			.satisfies((ex) -> assertThat(ex.isTransient()).isFalse());
		assertThat(engine.acquireAsync(spec()).toCompletableFuture()).failsWithin(LONG)
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(LockStoreException.class)
			.withMessageContaining(code)
			.withMessageContaining(advice);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG);
	}

	private static LockEngine engine(Driver driver) {
		return new LockEngine(TestEngines.store(server.connect(driver)), TestEngines.SETTINGS);
	}

	private static void acl(String... rules) {
		server((connection) -> {
			for (String rule : rules) {
				connection.execute("ACL", "SETUSER".getBytes(), "default".getBytes(), rule.getBytes());
			}
		});
	}

	private static void config(String name, String value) {
		server((connection) -> connection.serverCommands().setConfig(name, value));
	}

	private static void server(Consumer<RedisConnection> command) {
		redis.execute((RedisCallback<Object>) (connection) -> {
			command.accept(connection);
			return null;
		});
	}

	private boolean isLocked() {
		return redis.hasKey("redis-lock:{" + this.held + "}");
	}

	private LockSpec spec() {
		return LockSpec.of(this.key).timeout(LONG.multipliedBy(2));
	}

}
