/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.Lease;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What {@link LockEngine} does on the protocol {@code queue}, whatever the driver.
 */
abstract class AbstractLockEngineTests {

	private final TestEngines engines;

	private final StringRedisTemplate redis = TestRedis.shared().template();

	private final String key = "order:" + UUID.randomUUID();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	AbstractLockEngineTests(Driver driver) {
		this.engines = new TestEngines(TestRedis.shared(), driver);
	}

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
		this.engines.close();
	}

	@Test
	void whenFreeThenAcquiredAndReleasedWithTwoScripts() throws Exception {
		LockEngine engine = this.engines.start();
		engine.acquire(spec()).close();
		TestRedis.resetStatistics(this.redis);
		Lease lease = engine.acquire(spec());
		assertThat(lease.isHeld()).isTrue();
		assertThat(lease.remaining()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30));
		assertThat(this.redis.opsForValue().get("redis-lock:{" + this.key + "}")).isEqualTo(lease.ownerToken());
		lease.close();
		assertThat(lease.isHeld()).isFalse();
		assertThat(this.redis.hasKey("redis-lock:{" + this.key + "}")).isFalse();
		assertThat(TestRedis.calls(this.redis, "evalsha") + TestRedis.calls(this.redis, "eval")).isEqualTo(2);
		assertThat(TestRedis.calls(this.redis, "subscribe")).isZero();
	}

	@Test
	void whenHeldElsewhereThenNotAcquiredAfterTheTimeout() throws Exception {
		Lease lease = this.engines.start().acquire(spec());
		LockEngine other = this.engines.start();
		assertThatExceptionOfType(LockNotAcquiredException.class)
			.isThrownBy(() -> other.acquire(spec().timeout(Duration.ofMillis(300))))
			.satisfies((ex) -> {
				assertThat(ex.holder()).contains(lease.ownerToken());
				assertThat(ex.waited()).isGreaterThanOrEqualTo(Duration.ofMillis(300));
			});
		assertThat(this.redis.opsForZSet().size("redis-lock:{" + this.key + "}:queue")).isZero();
		lease.close();
		other.acquire(spec().timeout(Duration.ZERO)).close();
	}

	@Test
	void whenReleasedThenTheWaiterElsewhereIsInside() throws Exception {
		Lease lease = this.engines.start().acquire(spec());
		LockEngine other = this.engines.start();
		Future<Lease> waiter = this.threads.submit(() -> other.acquire(spec().timeout(Duration.ofSeconds(10))));
		TestRedis.awaitWaiters(this.redis, this.key, 1);
		lease.close();
		Lease next = waiter.get(5, TimeUnit.SECONDS);
		assertThat(next.fencingToken()).isGreaterThan(lease.fencingToken());
		assertThat(next.isHeld()).isTrue();
		next.close();
	}

	@Test
	void whenTheCodeThrowsAnythingThenReleased() {
		LockEngine engine = this.engines.start();
		for (Throwable own : List.of(new IOException("own"), new NoClassDefFoundError("own"))) {
			assertThatExceptionOfType(Throwable.class).isThrownBy(() -> engine.execute(spec(), () -> {
				throw own;
			})).isSameAs(own).satisfies((ex) -> assertThat(ex.getSuppressed()).isEmpty());
			assertThat(Lease.current()).isEmpty();
			assertThat(this.redis.hasKey("redis-lock:{" + this.key + "}")).isFalse();
		}
	}

	@Test
	void whenTheCodeThrowsAndTheLockIsLostThenItsOwnExceptionWins() {
		IOException own = new IOException("own");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.engines.start().execute(spec(), () -> {
			this.redis.delete("redis-lock:{" + this.key + "}");
			throw own;
		}))
			.isSameAs(own)
			.satisfies((ex) -> assertThat(ex.getSuppressed()).singleElement().isInstanceOf(LockLostException.class));
	}

	@Test
	void whenManyCallersThenNoIncrementIsLost() throws Exception {
		int[] counter = new int[1];
		List<Callable<Void>> tasks = new ArrayList<>();
		for (int e = 0; e < 4; e++) {
			LockEngine engine = this.engines.start();
			for (int t = 0; t < 4; t++) {
				tasks.add(() -> {
					for (int i = 0; i < 25; i++) {
						engine.execute(spec().timeout(Duration.ofSeconds(30)), () -> counter[0]++);
					}
					return null;
				});
			}
		}
		for (Future<Void> done : this.threads.invokeAll(tasks)) {
			done.get();
		}
		assertThat(counter[0]).isEqualTo(400);
	}

	private LockSpec spec() {
		return LockSpec.of(this.key);
	}

}
