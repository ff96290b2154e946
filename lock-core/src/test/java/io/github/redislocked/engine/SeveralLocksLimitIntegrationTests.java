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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.github.redislocked.Lease;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several locks, while Redis has trouble with the last commands: those that lift leases
 * which have grown old meanwhile.
 */
@Execution(ExecutionMode.CONCURRENT)
class SeveralLocksLimitIntegrationTests {

	private final StringRedisTemplate redis = TestRedis.shared().template();

	private final String key = "order:" + UUID.randomUUID();

	private final TroubledStore store = new TroubledStore(
			TestEngines.store(TestRedis.shared().connect(Driver.LETTUCE)));

	private final LockEngine engine = new LockEngine(this.store, TestEngines.SETTINGS);

	private final CountDownLatch trouble = new CountDownLatch(1);

	private final LockEngine other = new LockEngine(TestEngines.store(TestRedis.shared().connect(Driver.LETTUCE)),
			TestEngines.SETTINGS);

	private Lease foreign;

	@BeforeEach
	void hold() throws Exception {
		this.foreign = this.other.acquire(LockSpec.of(this.key + "b"));
	}

	@AfterEach
	void close() {
		this.trouble.countDown();
		this.other.close();
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
		CompletableFuture<List<Lease>> waiting = this.engine.acquireAllAsync(specs(Duration.ofSeconds(4)))
			.toCompletableFuture();
		holdUpTheSecond();
		assertThat(waiting).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.withCauseInstanceOf(LockNotAcquiredException.class);
		awaitNothingLeft();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenTheLastCommandsFailForAWhileThenAllAreHadWithinTheTimeout(boolean blocking) throws Exception {
		AtomicInteger failures = new AtomicInteger();
		this.store.onRenewal((renewed, token) -> {
			if (failures.incrementAndGet() <= 3) {
				throw TroubledStore.passing(renewed);
			}
		});
		List<LockSpec> specs = specs(Duration.ofSeconds(30));
		CompletableFuture<List<Lease>> waiting = blocking ? blocking(specs).future()
				: this.engine.acquireAllAsync(specs).toCompletableFuture();
		holdUpTheSecond();
		assertThat(waiting).succeedsWithin(Duration.ofSeconds(20)).satisfies((leases) -> {
			assertThat(leases).hasSize(3).allMatch(Lease::isHeld);
			leases.forEach(Lease::close);
		});
		assertThat(failures).hasValueGreaterThan(3);
	}

	@Test
	void whenInterruptedWhileTheLastCommandsFailThenTheWaitEndsAndNothingIsKept() throws Exception {
		CountDownLatch failed = new CountDownLatch(1);
		this.store.onRenewal((renewed, token) -> {
			failed.countDown();
			throw TroubledStore.passing(renewed);
		});
		Blocking waiting = blocking(specs(Duration.ofMinutes(1)));
		holdUpTheSecond();
		failed.await();
		waiting.thread().interrupt();
		assertThat(waiting.future()).failsWithin(Duration.ofSeconds(20))
			.withThrowableThat()
			.withCauseInstanceOf(InterruptedException.class);
		awaitNothingLeft();
	}

	@Test
	void whenOneIsHeldForLessThanItIsAskedForThenItIsLiftedInTheEnd() throws Exception {
		List<String> renewed = new CopyOnWriteArrayList<>();
		try (Lease outer = this.engine.acquire(LockSpec.of(this.key + "a").expire(Duration.ofSeconds(20)))) {
			this.store.onRenewal((lengthened, token) -> renewed.add(lengthened));
			List<LockSpec> longer = specs(Duration.ofSeconds(30)).stream()
				.map((spec) -> spec.expire(Duration.ofSeconds(30)))
				.toList();
			CompletableFuture<List<Lease>> waiting = outer.call(() -> this.engine.acquireAllAsync(longer))
				.toCompletableFuture();
			holdUpTheSecond();
			assertThat(waiting).succeedsWithin(Duration.ofSeconds(20))
				.satisfies((leases) -> leases.forEach(Lease::close));
			assertThat(renewed.stream().filter(outer.key()::equals)).hasSize(2);
		}
	}

	@Test
	void whenOneIsHeldForLongEnoughThenItIsNotLifted() throws Exception {
		List<String> renewed = new CopyOnWriteArrayList<>();
		try (Lease outer = this.engine.acquire(LockSpec.of(this.key + "a").expire(Duration.ofSeconds(30)))) {
			this.store.onRenewal((lengthened, token) -> renewed.add(lengthened));
			CompletableFuture<List<Lease>> waiting = outer
				.call(() -> this.engine.acquireAllAsync(specs(Duration.ofSeconds(30))))
				.toCompletableFuture();
			holdUpTheSecond();
			assertThat(waiting).succeedsWithin(Duration.ofSeconds(20))
				.satisfies((leases) -> leases.forEach(Lease::close));
			assertThat(renewed).doesNotContain(outer.key());
		}
	}

	// The first lease is so old afterwards that it is lifted before the caller has it.
	private void holdUpTheSecond() throws Exception {
		Awaitility.await().until(() -> this.redis.hasKey("redis-lock:{" + this.key + "b}:queue"));
		Awaitility.await().until(() -> remaining("a").compareTo(Duration.ofMillis(28_500)) < 0);
		this.foreign.close();
	}

	private Blocking blocking(List<LockSpec> specs) {
		CompletableFuture<List<Lease>> future = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				future.complete(this.engine.acquireAll(specs));
			}
			catch (Throwable ex) {
				future.completeExceptionally(ex);
			}
		});
		thread.start();
		return new Blocking(thread, future);
	}

	private void awaitNothingLeft() {
		Awaitility.await()
			.until(() -> this.redis.keys("redis-lock:{" + this.key + "*")
				.stream()
				.allMatch((name) -> name.endsWith(":fence")));
	}

	private Duration remaining(String part) {
		return Duration.ofMillis(this.redis.getExpire("redis-lock:{" + this.key + part + "}", TimeUnit.MILLISECONDS));
	}

	private List<LockSpec> specs(Duration timeout) {
		return Stream.of("c", "b", "a").map((part) -> LockSpec.of(this.key + part).timeout(timeout)).toList();
	}

	private record Blocking(Thread thread, CompletableFuture<List<Lease>> future) {

	}

}
