/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import io.github.redislocked.Lease;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.Renewal;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.LockedApplication;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How leases end that nobody releases in time, and how an engine ends.
 */
abstract class AbstractEngineEndTests {

	private final StringRedisTemplate redis = TestRedis.shared().template();

	private final String key = "order:" + UUID.randomUUID();

	private final String lock = "redis-lock:{" + this.key + "}";

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final TestEngines started;

	private final LockEngine engine;

	AbstractEngineEndTests(Driver driver) {
		this.started = new TestEngines(TestRedis.shared(), driver);
		this.engine = this.started.start();
	}

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
		this.started.close();
	}

	@Test
	void whenTheLockIsDeletedThenCloseSaysLost() throws Exception {
		Lease lease = this.engine.acquire(spec());
		this.redis.delete(this.lock);
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close)
			.satisfies((ex) -> assertThat(ex.key()).isEqualTo(this.key));
		assertThat(this.engine.parts().queues().size()).isZero();
		this.engine.acquire(spec()).close();
	}

	@Test
	void whenTheLockIsDeletedThenRenewSaysLost() throws Exception {
		Lease lease = this.engine.acquire(spec());
		CountDownLatch told = new CountDownLatch(1);
		lease.onLost(told::countDown);
		this.redis.delete(this.lock);
		assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> lease.renew(Duration.ofSeconds(10)));
		assertThat(lease.isHeld()).isFalse();
		assertThat(lease.remaining()).isZero();
		assertThat(told.await(5, TimeUnit.SECONDS)).isTrue();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close);
		assertThat(this.redis.hasKey(this.lock)).isFalse();
	}

	@Test
	void whenTheLockIsDeletedThenEveryCallbackIsCalledOnceAndOffTheRenewalThread() throws Exception {
		Lease lease = this.engine.acquire(spec().expire(Duration.ofMillis(1500)).renew(Renewal.ALWAYS));
		AtomicInteger calls = new AtomicInteger();
		AtomicReference<String> thread = new AtomicReference<>();
		lease.onLost(() -> {
			throw new IllegalStateException("a callback that fails");
		});
		lease.onLost(() -> {
			thread.set(Thread.currentThread().getName());
			calls.incrementAndGet();
		});
		this.redis.delete(this.lock);
		Awaitility.await().until(() -> calls.get() == 1);
		assertThat(lease.isHeld()).isFalse();
		assertThat(thread.get()).contains("callback");
		lease.onLost(calls::incrementAndGet);
		Awaitility.await().until(() -> calls.get() == 2);
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close);
		Awaitility.await().during(Duration.ofMillis(300)).until(() -> calls.get() == 2);
	}

	@Test
	void whenALossIsFirstSeenByTheReleaseThenCallbacksAreToldToo() throws Exception {
		Lease lease = this.engine.acquire(spec());
		CountDownLatch told = new CountDownLatch(1);
		lease.onLost(told::countDown);
		this.redis.delete(this.lock);
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close);
		assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void whenTheLockIsTakenByAnotherThenTheLossTouchesNothing() throws Exception {
		Lease lease = this.engine.acquire(spec());
		this.redis.delete(this.lock);
		Lease other = this.started.start().acquire(spec());
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close);
		assertThat(this.redis.opsForValue().get(this.lock)).isEqualTo(other.ownerToken());
		other.close();
	}

	@Test
	void whenTheLeaseIsAsShortAsACommandThenHeldOrNotAcquired() throws Exception {
		for (int round = 0; round < 300; round++) {
			LockSpec tiny = spec().expire(Duration.ofMillis(1 + round % 3)).timeout(Duration.ZERO);
			try {
				closeOrLose(this.engine.acquire(tiny));
			}
			catch (LockNotAcquiredException ex) {
				assertThat(ex.key()).isEqualTo(this.key);
			}
		}
		Awaitility.await().until(() -> !this.redis.hasKey(this.lock));
		assertThat(this.engine.parts().queues().size()).isZero();
	}

	@Test
	void whenClosedThenNothingIsHeldAndNobodyWaits() throws Exception {
		Lease held = this.engine.acquire(spec());
		CountDownLatch told = new CountDownLatch(1);
		held.onLost(told::countDown);
		Lease foreign = this.started.start().acquire(spec("foreign"));
		List<Future<Lease>> waiters = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			waiters.add(this.threads.submit(() -> this.engine.acquire(spec())));
			waiters.add(this.threads.submit(() -> this.engine.acquire(spec("foreign"))));
			waiters.add(this.engine.acquireAsync(spec()).toCompletableFuture());
			waiters.add(this.engine.acquireAsync(spec("foreign")).toCompletableFuture());
		}
		TestRedis.awaitWaiters(this.redis, this.key + "foreign", 1);
		this.engine.close();
		for (Future<Lease> waiter : waiters) {
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> waiter.get(5, TimeUnit.SECONDS))
				.withCauseInstanceOf(LockNotAcquiredException.class)
				.withMessageContaining("closing");
		}
		assertThat(this.redis.hasKey(this.lock)).isFalse();
		assertThat(this.redis.hasKey(this.lock + ":queue")).isFalse();
		assertThat(this.redis.opsForZSet().size("redis-lock:{" + this.key + "foreign}:queue")).isZero();
		assertThat(this.engine.parts().queues().size()).isZero();
		assertThat(held.isHeld()).isFalse();
		assertThat(told.await(5, TimeUnit.SECONDS)).isTrue();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(held::close);
		foreign.close();
	}

	@Test
	void whenClosedThenNewCallersAreRefused() {
		this.engine.close();
		assertThatExceptionOfType(LockNotAcquiredException.class).isThrownBy(() -> this.engine.acquire(spec()));
		assertThatExceptionOfType(LockNotAcquiredException.class).isThrownBy(() -> this.engine.tryAcquire(spec()));
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> this.engine.acquireAsync(spec()).toCompletableFuture().join())
			.withCauseInstanceOf(LockNotAcquiredException.class);
		assertThat(this.engine.acquireAllAsync(List.of(spec(), spec("b")))).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.withCauseInstanceOf(LockNotAcquiredException.class);
		assertThat(this.redis.hasKey(this.lock)).isFalse();
	}

	@Test
	void whenClosedWithinTheGraceThenHoldersFinish() throws Exception {
		LockEngineSettings settings = new LockEngineSettings("test", Duration.ofSeconds(30), Duration.ofSeconds(3),
				Duration.ofHours(1), Duration.ofSeconds(20), TestEngines.LOCAL_HANDOVER);
		LockEngine patient = this.started.start(settings);
		Lease lease = patient.acquire(spec());
		Future<?> closing = this.threads.submit(patient::close);
		Awaitility.await()
			.untilAsserted(() -> assertThatExceptionOfType(LockNotAcquiredException.class)
				.isThrownBy(() -> patient.acquire(spec("new").timeout(Duration.ZERO)).close()));
		assertThat(lease.isHeld()).isTrue();
		lease.close();
		closing.get(10, TimeUnit.SECONDS);
	}

	@Test
	void whenClosedThenCallbacksForALossHaveRun() throws Exception {
		Lease lease = this.engine.acquire(spec());
		CountDownLatch done = new CountDownLatch(1);
		lease.onLost(() -> {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
			done.countDown();
		});
		this.engine.close();
		assertThat(done.getCount()).isZero();
	}

	@Test
	void whenACallbackNeverReturnsThenCloseDoes() throws Exception {
		CountDownLatch end = new CountDownLatch(1);
		this.engine.acquire(spec()).onLost(() -> LockedApplication.await(end));
		assertThat(CompletableFuture.runAsync(this.engine::close, this.threads)).succeedsWithin(Duration.ofSeconds(8));
		end.countDown();
	}

	private static void closeOrLose(Lease lease) {
		try {
			lease.close();
		}
		catch (LockLostException ex) {
			assertThat(lease.isHeld()).isFalse();
		}
	}

	private LockSpec spec() {
		return spec("");
	}

	private LockSpec spec(String suffix) {
		return LockSpec.of(this.key + suffix).timeout(Duration.ofSeconds(30));
	}

}
