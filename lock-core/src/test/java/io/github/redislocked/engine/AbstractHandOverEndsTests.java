/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.Lease;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.engine.LeavingCaller.Going;
import io.github.redislocked.engine.StandingYields.Stop;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Callers that go exactly while the lock is on its way to them: nothing is left of them,
 * and the next one goes on.
 */
abstract class AbstractHandOverEndsTests {

	private final StringRedisTemplate redis = TestRedis.shared().template();

	private final String key = "order:" + UUID.randomUUID();

	private final String lock = "redis-lock:{" + this.key + "}";

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final TestEngines started;

	private final StandingYields yields;

	private final LockEngine yielding;

	private final LockEngine passing;

	AbstractHandOverEndsTests(Driver driver) {
		this.started = new TestEngines(TestRedis.shared(), driver);
		this.yields = new StandingYields(TestEngines.store(TestRedis.shared().connect(driver)));
		this.yielding = new LockEngine(this.yields, TestEngines.with(LocalHandover.NONE));
		this.passing = this.started.start(TestEngines.passing(100));
	}

	@AfterEach
	void whenAllIsOverThenNothingIsLeft() {
		Awaitility.await().pollInterval(Duration.ofMillis(10)).untilAsserted(() -> {
			assertThat(this.redis.keys(this.lock + "*")).allMatch((name) -> name.endsWith(":fence"));
			for (LockEngine engine : new LockEngine[] { this.yielding, this.passing }) {
				assertThat(engine.parts().queues().size()).isZero();
				assertThat(engine.parts().held().isEmpty()).isTrue();
				assertThat(engine.parts().closings().isIdle()).isTrue();
				assertThat((ConcurrentHashMap<?, ?>) ReflectionTestUtils.getField(engine.parts().active(), "users"))
					.isEmpty();
			}
		});
		assertThat(this.redis.opsForHash().keys(this.lock + ":fence"))
			.noneMatch((field) -> field.toString().startsWith("wait:"));
		this.threads.shutdownNow();
		this.yielding.close();
		this.started.close();
	}

	@ParameterizedTest
	@CsvSource({ "INTERRUPTED,false", "INTERRUPTED,true", "CANCELLED,false", "CANCELLED,true", "TIMED_OUT,false",
			"TIMED_OUT,true" })
	void whenTheCallerGoesDuringAYieldThenTheNextOneGoesOn(Going going, boolean carriedOut) throws Exception {
		Lease first = this.yielding.acquire(spec());
		LeavingCaller heir = new LeavingCaller(this.yielding, spec(), going);
		CompletableFuture<Lease> next = this.yielding.acquireAsync(spec()).toCompletableFuture();
		Stop stop = this.yields.stopNext(carriedOut);
		Future<?> closing = this.threads.submit(first::close);
		stop.awaitReached();
		heir.goes();
		assertThat(closing).isNotDone();
		stop.goOn();
		closing.get(10, TimeUnit.SECONDS);
		Lease last = next.get(10, TimeUnit.SECONDS);
		assertThat(this.redis.opsForValue().get(this.lock)).isEqualTo(last.ownerToken());
		last.close();
	}

	@ParameterizedTest
	@EnumSource(Going.class)
	void whenTheCallerGoesWhileTheLockIsPassedThenTheNextOneGoesOn(Going going) throws Exception {
		HookedMap lines = HookedMap.of(this.passing);
		Lease first = this.passing.acquire(spec());
		LeavingCaller heir = new LeavingCaller(this.passing, spec(), going);
		CompletableFuture<Lease> next = this.passing.acquireAsync(spec()).toCompletableFuture();
		lines.afterNextChange.set(heir::goes);
		first.close();
		assertThat(lines.afterNextChange).hasNullValue();
		Lease last = next.get(10, TimeUnit.SECONDS);
		assertThat(last.ownerToken()).isNotEqualTo(first.ownerToken());
		assertThat(last.isHeld()).isTrue();
		last.close();
	}

	@Test
	void whenTheLockIsPassedToACallerThatHasJustJoinedThenItGetsIt() throws Exception {
		for (LockEngine engine : new LockEngine[] { this.passing, this.yielding }) {
			HookedMap lines = HookedMap.of(engine);
			Lease first = engine.acquire(spec());
			lines.afterNextJoin.set(() -> Undisturbed.join(() -> CompletableFuture.runAsync(first::close)));
			Lease second = engine.acquire(spec());
			assertThat(lines.afterNextJoin).hasNullValue();
			assertThat(first.isHeld()).isFalse();
			second.close();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenTheEngineIsClosedDuringAYieldThenTheLockIsFree(boolean carriedOut) throws Exception {
		Lease first = this.yielding.acquire(spec());
		CompletableFuture<Lease> heir = this.yielding.acquireAsync(spec()).toCompletableFuture();
		LockEngine other = this.passing;
		CompletableFuture<Lease> elsewhere = other.acquireAsync(spec()).toCompletableFuture();
		TestRedis.awaitWaiters(this.redis, this.key, 1);
		Stop stop = this.yields.stopNext(carriedOut);
		Future<?> closing = this.threads.submit(first::close);
		stop.awaitReached();
		this.yielding.close();
		assertThatExceptionOfType(CompletionException.class).isThrownBy(heir::join)
			.withCauseInstanceOf(LockNotAcquiredException.class);
		stop.goOn();
		closing.get(10, TimeUnit.SECONDS);
		elsewhere.get(10, TimeUnit.SECONDS).close();
	}

	@Test
	void whenAYieldFailsThenTheNextOneAsksAtOnceAndNobodyIsToldOfAFailure() throws Exception {
		Lease first = this.yielding.acquire(spec());
		CompletableFuture<Lease> heir = this.yielding.acquireAsync(spec()).toCompletableFuture();
		this.yields.failNext();
		first.close();
		while (!heir.isDone()) {
			assertThat(this.yielding.tryAcquire(spec().timeout(Duration.ZERO))).isEmpty();
		}
		heir.join().close();
	}

	@Test
	void whenAYieldFindsTheLockLostThenSaidSoAndTheNextOneGoesOn() throws Exception {
		Lease first = this.yielding.acquire(spec());
		CompletableFuture<Lease> heir = this.yielding.acquireAsync(spec()).toCompletableFuture();
		this.redis.delete(this.lock);
		assertThatExceptionOfType(LockLostException.class).isThrownBy(first::close);
		heir.get(10, TimeUnit.SECONDS).close();
	}

	@Test
	void whenAYieldFindsTheLockTakenThenSaidSoAndTheNextOneWaits() throws Exception {
		Lease first = this.yielding.acquire(spec());
		CompletableFuture<Lease> heir = this.yielding.acquireAsync(spec()).toCompletableFuture();
		this.redis.delete(this.lock);
		Lease other = this.passing.acquire(spec());
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> first.closeAsync().toCompletableFuture().join())
			.withCauseInstanceOf(LockLostException.class);
		TestRedis.awaitWaiters(this.redis, this.key, 1);
		assertThat(heir).isNotDone();
		other.close();
		heir.get(10, TimeUnit.SECONDS).close();
	}

	private LockSpec spec() {
		return LockSpec.of(this.key).timeout(Duration.ofSeconds(30));
	}

}
