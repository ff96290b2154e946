/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.github.redislocked.LockStoreException;
import io.github.redislocked.store.AcquireRequest;
import io.github.redislocked.store.LockCommands;
import io.github.redislocked.store.LockStore;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.RestrictedUser;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link LettuceRuns}, and for the stores that offer them to callers that do
 * not block.
 */
class LettuceRunsIntegrationTests {

	private static final RedisScript<String> ECHO = RedisScript.of("return ARGV[1] .. ' ' .. KEYS[1]", String.class);

	private final TestRedis redis = TestRedis.start();

	private final StringRedisTemplate template = this.redis.template();

	private final RedisConnectionFactory connections = this.template.getRequiredConnectionFactory();

	private final LettuceRuns runs = new LettuceRuns(this.connections);

	@AfterEach
	void close() {
		this.redis.close();
	}

	@Test
	void whenKnownThenOneCommandIsSent() {
		assertThat(run(ECHO)).isEqualTo("\u00e9 k");
		TestRedis.resetStatistics(this.template);
		assertThat(run(ECHO)).isEqualTo("\u00e9 k");
		assertThat(TestRedis.calls(this.template, "evalsha")).isEqualTo(1);
		assertThat(TestRedis.calls(this.template, "eval")).isZero();
	}

	@Test
	void whenServerForgetsItsScriptsThenTheyRunAllTheSame() {
		for (int i = 0; i < 3; i++) {
			this.template.execute((RedisConnection connection) -> {
				connection.scriptingCommands().scriptFlush();
				return true;
			});
			assertThat(run(ECHO)).isEqualTo("\u00e9 k");
		}
	}

	@Test
	void whenThereIsNoAnswerThenItIsNull() {
		assertThat(run(RedisScript.of("return false", String.class))).isNull();
	}

	@Test
	void whenThereIsNoConnectionThenItIsAFailure() {
		this.redis.close();
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> run(ECHO));
	}

	@ParameterizedTest
	@CsvSource({ "LOADING wait,true", "NOPERM no,false" })
	void whenRedisRefusesThenTheStageSaysWhatItMeans(String error, boolean canPass) {
		CompletionStage<String> refused = new Scripts(this.runs, new Replicas(this.connections, 0)).run(
				RedisScript.of("return redis.error_reply('%s')".formatted(error), String.class),
				new ScriptCall("k", List.of("k")));
		Awaitility.await().until(() -> refused.toCompletableFuture().isDone());
		assertThat(GetSetFixture.failure(refused).isTransient()).isEqualTo(canPass);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenTheDriverIsLettuceThenCallersThatDoNotBlockShareItsConnection(boolean queue) {
		try (LockStore store = store(this.connections, queue)) {
			// Nobody knows yet.
			assertThat(store.nonBlocking()).isEmpty();
			store.acquire(request("k1", 1)).toCompletableFuture().join();
			long connected = connected();
			LockCommands commands = store.nonBlocking().orElseThrow();
			assertThat(commands.acquire(request("k2", 2)).toCompletableFuture().join()).hasNoNullFieldsOrProperties();
			commands.release("k2", new OwnerToken("test:1", 2)).toCompletableFuture().join();
			assertThat(connected()).isEqualTo(connected);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenTheDriverBlocksThenThereAreNone(boolean queue) {
		try (LockStore store = store(jedis(queue), queue)) {
			store.acquire(request("k", 1)).toCompletableFuture().join();
			assertThat(store.nonBlocking()).isEmpty();
		}
	}

	@Test
	void whenTheKeyHoldsSomethingElseThenRefused() {
		try (LockStore store = store(this.connections, false)) {
			store.acquire(request("other", 1)).toCompletableFuture().join();
			this.template.opsForList().leftPush("order", "no lock");
			CompletionStage<?> refused = store.nonBlocking().orElseThrow().acquire(request("order", 2));
			assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> refused.toCompletableFuture().join())
				.havingCause()
				.isInstanceOf(LockStoreException.class)
				.withMessageContaining("holds something else");
		}
	}

	private RedisConnectionFactory jedis(boolean queue) {
		return queue ? this.redis.connect(Driver.JEDIS) : Driver.JEDIS
			.connect(RestrictedUser.configurationForGetSet(this.redis.port()), Duration.ofSeconds(10));
	}

	private long connected() {
		Properties clients = this.template
			.execute((RedisConnection connection) -> connection.serverCommands().info("clients"));
		assertThat(clients).isNotNull();
		return Long.parseLong(clients.getProperty("connected_clients"));
	}

	private static AcquireRequest request(String key, long sequence) {
		return new AcquireRequest(key, new OwnerToken("test:1", sequence), Duration.ofSeconds(30), Duration.ZERO, 0);
	}

	private static LockStore store(RedisConnectionFactory connections, boolean queue) {
		return queue ? new QueueLockStore(connections, "redis-lock:", Duration.ofMinutes(1))
				: new GetSetLockStore(connections, "", Duration.ofMinutes(1));
	}

	private @Nullable String run(RedisScript<String> script) {
		return this.runs.run(script, new ScriptCall("k", List.of("k"), "\u00e9")).join();
	}

}
