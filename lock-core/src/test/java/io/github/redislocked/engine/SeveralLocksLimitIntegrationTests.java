/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.Lease;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long a caller that does not block waits for several locks at most.
 */
class SeveralLocksLimitIntegrationTests {

	private final StringRedisTemplate redis = TestRedis.shared().template();

	private final String key = "order:" + UUID.randomUUID();

	private final TroubledStore store = new TroubledStore(
			TestEngines.store(TestRedis.shared().connect(Driver.LETTUCE)));

	private final LockEngine engine = new LockEngine(this.store, TestEngines.SETTINGS);

	private final CountDownLatch trouble = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.trouble.countDown();
		this.engine.close();
	}

	@Test
	void whenTheLastCommandsHaveNoAnswerThenToldInTimeAndNothingIsKept() throws Exception {
		this.store.onRenewal((renewed, token) -> {
			try {
				this.trouble.await(60, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
		LockEngine other = new LockEngine(TestEngines.store(TestRedis.shared().connect(Driver.LETTUCE)),
				TestEngines.SETTINGS);
		Lease foreign = other.acquire(spec("b"));
		CompletableFuture<List<Lease>> waiting = this.engine.acquireAllAsync(List.of(spec("c"), spec("b"), spec("a")))
			.toCompletableFuture();
		Awaitility.await().until(() -> this.redis.hasKey("redis-lock:{" + this.key + "b}:queue"));
		// The first lease is so old by now that it is lifted before the caller has it.
		Awaitility.await().until(() -> remaining("a").compareTo(Duration.ofMillis(28_500)) < 0);
		foreign.close();
		other.close();
		assertThat(waiting).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.withCauseInstanceOf(LockNotAcquiredException.class);
		Awaitility.await()
			.until(() -> this.redis.keys("redis-lock:{" + this.key + "*")
				.stream()
				.allMatch((name) -> name.endsWith(":fence")));
	}

	private Duration remaining(String part) {
		return Duration.ofMillis(this.redis.getExpire("redis-lock:{" + this.key + part + "}", TimeUnit.MILLISECONDS));
	}

	private LockSpec spec(String part) {
		return LockSpec.of(this.key + part).timeout(Duration.ofSeconds(4));
	}

}
