/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.github.redislocked.LockStoreException;
import io.github.redislocked.annotation.OnTimeout;
import io.github.redislocked.annotation.RedisLocked;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.LockedApplication;
import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Annotated methods when Redis refuses, which is no timeout: they fail, whatever is to be
 * done without the lock, and do not run.
 */
class RefusedCallsIntegrationTests {

	private final StringRedisTemplate redis = TestRedis.shared().template();

	private final LockedApplication application = new LockedApplication(Driver.LETTUCE, Work.class);

	private final Work work = this.application.get(Work.class);

	private final String key = this.application.key();

	@BeforeEach
	void refuse() {
		this.redis.opsForList().leftPush("redis-lock:{" + this.key + "}", "no lock");
	}

	@AfterEach
	void nothingHasRun() {
		this.redis.delete("redis-lock:{" + this.key + "}");
		this.application.close();
		assertThat(this.work.ran()).isFalse();
	}

	@Test
	void whenItReturnsAtOnceThenItFails() {
		assertRefused(() -> this.work.skipped(this.key));
		assertRefused(() -> this.work.replaced(this.key));
	}

	@Test
	void whenItReturnsAStageThenThatFails() {
		assertRefused(() -> this.work.skippedStage(this.key).join());
		assertRefused(() -> this.work.replacedStage(this.key).join());
	}

	@Test
	void whenItReturnsAPublisherThenThatFails() {
		assertRefused(() -> this.work.skippedMono(this.key).block(Duration.ofSeconds(10)));
		assertRefused(() -> this.work.replacedMono(this.key).block(Duration.ofSeconds(10)));
	}

	private static void assertRefused(Callable<?> call) {
		Throwable thrown = catchThrowable(call::call);
		assertThat((thrown instanceof CompletionException ex) ? ex.getCause() : thrown)
			.isInstanceOf(LockStoreException.class);
	}

	static class Work {

		private volatile boolean ran;

		boolean ran() {
			return this.ran;
		}

		@RedisLocked(key = "#key", onTimeout = OnTimeout.SKIP)
		String skipped(String key) {
			return run();
		}

		@RedisLocked(key = "#key", fallback = "instead")
		String replaced(String key) {
			return run();
		}

		private String instead(String key) {
			return run();
		}

		@RedisLocked(key = "#key", onTimeout = OnTimeout.SKIP)
		CompletableFuture<String> skippedStage(String key) {
			return CompletableFuture.completedFuture(run());
		}

		@RedisLocked(key = "#key", fallback = "insteadOfStage")
		CompletableFuture<String> replacedStage(String key) {
			return CompletableFuture.completedFuture(run());
		}

		private CompletableFuture<String> insteadOfStage(String key) {
			return CompletableFuture.completedFuture(run());
		}

		@RedisLocked(key = "#key", onTimeout = OnTimeout.SKIP)
		Mono<String> skippedMono(String key) {
			return Mono.just(run());
		}

		@RedisLocked(key = "#key", fallback = "insteadOfMono")
		Mono<String> replacedMono(String key) {
			return Mono.just(run());
		}

		private Mono<String> insteadOfMono(String key) {
			return Mono.just(run());
		}

		private String run() {
			this.ran = true;
			return "ran";
		}

	}

}
