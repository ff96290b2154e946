/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reactive;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.github.redislocked.LockStoreException;
import io.github.redislocked.store.AcquireRequest;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.redis.GetSetLockStore;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ReactiveScriptRunner}.
 */
class ReactiveScriptRunnerIntegrationTests {

	private static final RedisScript<String> ECHO = RedisScript.of("return ARGV[1] .. ' ' .. KEYS[1]", String.class);

	private final TestRedis redis = TestRedis.start();

	private final RedisConnectionFactory connections = this.redis.connect(Driver.LETTUCE);

	private final ReactiveScriptRunner runner = new ReactiveScriptRunner(
			(ReactiveRedisConnectionFactory) this.connections);

	private final StringRedisTemplate template = this.redis.template();

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
	void whenRedisRefusesThenTheFailureOfTheStoreSaysWhatItMeans() {
		GetSetLockStore store = new GetSetLockStore(this.connections, "", Duration.ofMinutes(1), this.runner);
		this.template.opsForList().leftPush("order", "no lock");
		CompletionStage<?> refused = store.nonBlocking()
			.orElseThrow()
			.acquire(
					new AcquireRequest("order", new OwnerToken("test:1", 1), Duration.ofSeconds(30), Duration.ZERO, 0));
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> refused.toCompletableFuture().join())
			.havingCause()
			.isInstanceOf(LockStoreException.class)
			.withMessageContaining("holds something else");
		CompletionStage<?> loading = new GetSetLockStore(this.connections, "", Duration.ofMinutes(1),
				(script, keys, args) -> this.runner
					.run(RedisScript.of("return redis.error_reply('LOADING wait')", String.class), keys, args))
			.nonBlocking()
			.orElseThrow()
			.release("order", new OwnerToken("test:1", 1));
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> loading.toCompletableFuture().join())
			.havingCause()
			.isInstanceOfSatisfying(LockStoreException.class, (ex) -> assertThat(ex.isTransient()).isTrue());
	}

	private @Nullable String run(RedisScript<String> script) {
		return this.runner.run(script, List.of("k"), List.of("\u00e9")).toCompletableFuture().join();
	}

}
