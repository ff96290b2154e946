/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the engine makes of a Redis that answers, but refuses for a time: it waits for the
 * end of that, within the timeout of a caller and within a lease.
 */
class PassingRefusalsIntegrationTests {

	/** More than Redis reads before it looks whether anybody has asked something. */
	private static final int CHUNK = 2_100_000;

	private static TestRedis server;

	private static StringRedisTemplate redis;

	private static RefusalTrials trials;

	@TempDir
	private static Path directory;

	@BeforeAll
	static void start() {
		server = TestRedis.start(settings());
		redis = server.template();
		trials = new RefusalTrials(server::connect);
	}

	@AfterAll
	static void stop() {
		trials.close();
		server.close();
	}

	@AfterEach
	void close() {
		promote();
		assertThat(redis.keys("redis-lock:*")).allMatch((name) -> name.endsWith(":fence"));
	}

	@Test
	void whenAReplicaIsAskedThenItsPromotionIsAwaited() throws Exception {
		trials.begin(UUID.randomUUID().toString(), RefusalTrials.EXPIRE);
		replicate();
		trials.refused("READONLY", "connect to the primary", RefusalTrials.REFUSED);
		promote();
		trials.passed();
	}

	@Test
	void whenAReplicaHasLostItsPrimaryThenItsPromotionIsAwaited() throws Exception {
		trials.begin(UUID.randomUUID().toString(), RefusalTrials.EXPIRE);
		ask((jedis) -> jedis.configSet("replica-serve-stale-data", "no"));
		replicate();
		trials.refused("MASTERDOWN", "connect to the primary", RefusalTrials.REFUSED);
		promote();
		trials.passed();
	}

	@Test
	void whenAScriptTakesLongThenItsEndIsAwaited() throws Exception {
		trials.begin(UUID.randomUUID().toString(), RefusalTrials.EXPIRE);
		CompletableFuture<Void> script = CompletableFuture
			.runAsync(() -> ask((jedis) -> jedis.eval("while true do end")))
			.exceptionally((killed) -> null);
		awaitError("BUSY");
		trials.refused("BUSY", "SCRIPT KILL", RefusalTrials.REFUSED);
		ask(Jedis::scriptKill);
		script.join();
		trials.passed();
	}

	@Test
	void whenRedisLoadsItsDataThenTheEndOfThatIsAwaited() throws Exception {
		// Much longer than it takes to load, since the server is stopped first.
		trials.begin(UUID.randomUUID().toString(), Duration.ofSeconds(20));
		ask((jedis) -> {
			for (int i = 0; i < 20; i++) {
				jedis.set("chunk:" + i, "x".repeat(CHUNK));
			}
			jedis.save();
		});
		int port = server.port();
		server.close();
		CompletableFuture<TestRedis> restarted = CompletableFuture
			.supplyAsync(() -> TestRedis.startOn(port, settings("key-load-delay 150000")));
		awaitError("LOADING");
		trials.awaitRefusal("LOADING");
		trials.refused("LOADING", "asked again when it has", Duration.ofMillis(200));
		assertThat(restarted).isNotDone();
		server = restarted.join();
		trials.passed();
	}

	// Of a primary that nobody can reach, so that the data stay.
	private static void replicate() {
		ask((jedis) -> jedis.replicaof("127.0.0.1", 1));
	}

	private static void promote() {
		ask((jedis) -> {
			jedis.replicaofNoOne();
			jedis.configSet("replica-serve-stale-data", "yes");
		});
	}

	private static void awaitError(String code) {
		Awaitility.await().pollInterval(Duration.ofMillis(10)).until(() -> {
			try {
				ask((jedis) -> jedis.get("k"));
				return false;
			}
			catch (JedisException ex) {
				return String.valueOf(ex.getMessage()).startsWith(code);
			}
		});
	}

	private static void ask(Consumer<Jedis> question) {
		try (Jedis jedis = new Jedis("127.0.0.1", server.port(), 60_000)) {
			question.accept(jedis);
		}
	}

	private static String[] settings(String... more) {
		List<String> settings = new ArrayList<>(List.of("dir " + directory, "rdbcompression no", "lua-time-limit 10"));
		settings.addAll(List.of(more));
		return settings.toArray(String[]::new);
	}

}
