/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.redislocked.Lease;
import io.github.redislocked.LockNotAcquired.Reason;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockObserver;
import io.github.redislocked.LockOrigin;
import io.github.redislocked.LockSpec;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.RecordedObserver;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Callers that are given a lock, and stand still until the lease is over before they have
 * it.
 */
class LateEntryIntegrationTests {

	private final StringRedisTemplate redis = TestRedis.shared().template();

	private final String key = "late:" + UUID.randomUUID();

	private final RecordedObserver observer = new RecordedObserver();

	private final AtomicBoolean late = new AtomicBoolean();

	private final LockEngine engine = TestEngines.observed(
			TestEngines.store(TestRedis.shared().connect(Driver.LETTUCE)), TestEngines.SETTINGS,
			(asked, name) -> new FirstIsLate(this.observer.begin(asked, name)));

	@AfterEach
	void close() {
		this.engine.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenTheLeaseIsOverBeforeTheCallerHasItThenTheCallerGetsAnotherOne(boolean blocking) throws Exception {
		LockSpec spec = spec().timeout(Duration.ofSeconds(30));
		Lease lease = blocking ? this.engine.acquire(spec)
				: this.engine.acquireAsync(spec).toCompletableFuture().join();
		assertThat(this.observer.seen()).containsExactly("begin late", "FREE late", "lost WHILE_HELD late",
				"begin late", "FREE late");
		assertThat(this.redis.opsForValue().get(lock())).isEqualTo(lease.ownerToken());
		lease.renew(Duration.ofSeconds(10));
		lease.close();
		assertThat(this.redis.hasKey(lock())).isFalse();
	}

	@Test
	void whenTheCallerDoesNotWaitThenThatWasItsAttempt() throws Exception {
		assertThatExceptionOfType(LockNotAcquiredException.class)
			.isThrownBy(() -> this.engine.acquire(spec().timeout(Duration.ZERO)));
		assertThat(this.observer.seen()).containsExactly("begin late", "FREE late", "lost WHILE_HELD late");
		this.engine.acquire(spec().timeout(Duration.ofSeconds(30))).close();
	}

	private LockSpec spec() {
		return LockSpec.of(this.key).name("late").expire(Duration.ofSeconds(1));
	}

	private String lock() {
		return "redis-lock:{" + this.key + "}";
	}

	private final class FirstIsLate implements LockObserver.Wait {

		private final LockObserver.Wait wait;

		private FirstIsLate(LockObserver.Wait wait) {
			this.wait = wait;
		}

		@Override
		public LockObserver.Hold acquired(long fencingToken, LockOrigin origin) {
			if (LateEntryIntegrationTests.this.late.compareAndSet(false, true)) {
				Awaitility.await().until(() -> !LateEntryIntegrationTests.this.redis.hasKey(lock()));
			}
			return this.wait.acquired(fencingToken, origin);
		}

		@Override
		public void shared() {
			this.wait.shared();
		}

		@Override
		public void failed(Reason reason, Throwable failure) {
			this.wait.failed(reason, failure);
		}

	}

}
