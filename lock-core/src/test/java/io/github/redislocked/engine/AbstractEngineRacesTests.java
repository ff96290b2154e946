/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.github.redislocked.Lease;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Waits that end while the lock is on its way.
 */
abstract class AbstractEngineRacesTests extends AbstractTwoEngines {

	private static final int ROUNDS = 200;

	private final AtomicInteger entries = new AtomicInteger();

	AbstractEngineRacesTests(Driver driver) {
		super(driver);
	}

	@Test
	void whenTimeoutsRaceHandOversThenNobodyIsInsideTwice() throws Exception {
		AtomicInteger refused = new AtomicInteger();
		List<Callable<Void>> tasks = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			LockEngine engine = this.engines.get(i % 2);
			tasks.add(() -> {
				for (int round = 0; round < ROUNDS; round++) {
					Optional<Lease> lease = engine.tryAcquire(spec().timeout(millis(1, 20)));
					lease.ifPresentOrElse(this::work, refused::incrementAndGet);
				}
				return null;
			});
		}
		runAll(tasks);
		assertThat(this.entries.get() + refused.get()).isEqualTo(6 * ROUNDS);
		assertThat(this.entries.get()).isPositive();
		assertThat(refused.get()).isPositive();
	}

	@Test
	void whenInterruptedAtAnyMomentThenALeaseOrAnInterrupt() throws Exception {
		AtomicInteger interrupted = new AtomicInteger();
		List<Thread> workers = new ArrayList<>();
		List<Throwable> failures = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			LockEngine engine = this.engines.get(i % 2);
			workers.add(new Thread(() -> {
				for (int round = 0; round < ROUNDS; round++) {
					try {
						work(engine.acquire(spec().timeout(Duration.ofSeconds(30))));
					}
					catch (InterruptedException ex) {
						interrupted.incrementAndGet();
					}
				}
			}));
		}
		for (Thread worker : workers) {
			worker.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
			worker.start();
		}
		while (workers.stream().anyMatch(Thread::isAlive)) {
			workers.get(ThreadLocalRandom.current().nextInt(workers.size())).interrupt();
			LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(2_000_000));
		}
		assertThat(failures).isEmpty();
		assertThat(this.entries.get() + interrupted.get()).isEqualTo(10 * ROUNDS);
		assertThat(interrupted.get()).isPositive();
	}

	@Test
	void whenASingleAttemptIsInterruptedThenNeverAFailureOfRedis() throws Exception {
		CompletableFuture<Integer> result = new CompletableFuture<>();
		Thread caller = new Thread(() -> {
			int interrupted = 0;
			try {
				while (interrupted < ROUNDS) {
					try {
						this.engines.get(0).acquire(spec().timeout(Duration.ZERO)).close();
					}
					catch (InterruptedException ex) {
						interrupted++;
					}
					catch (LockNotAcquiredException ex) {
						// What the interrupted attempt took is given back meanwhile.
						assertThat(ex.key()).isEqualTo(this.key);
					}
				}
				result.complete(interrupted);
			}
			catch (Throwable ex) {
				result.completeExceptionally(ex);
			}
		});
		caller.start();
		while (!result.isDone()) {
			caller.interrupt();
			LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1_000_000));
		}
		assertThat(result.join()).isEqualTo(ROUNDS);
	}

	@Test
	void whenCancelledAtAnyMomentThenNothingIsLeft() throws Exception {
		Future<?> holder = this.threads.submit(() -> {
			while (!Thread.currentThread().isInterrupted()) {
				work(this.engines.get(0).acquire(spec()));
			}
			return null;
		});
		int cancelled = 0;
		for (int round = 0; round < ROUNDS; round++) {
			CompletableFuture<Lease> stage = this.engines.get(1)
				.acquireAsync(spec().timeout(Duration.ofSeconds(30)))
				.toCompletableFuture();
			LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(3_000_000));
			if (stage.cancel(true)) {
				cancelled++;
			}
			else {
				stage.join().close();
			}
		}
		assertThat(cancelled).isPositive();
		holder.cancel(true);
		this.threads.shutdown();
		assertThat(this.threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void whenCancelledWhileWaitingThenThePlaceIsGone() throws Exception {
		Lease lease = this.engines.get(0).acquire(spec());
		CompletableFuture<Lease> stage = this.engines.get(1).acquireAsync(spec()).toCompletableFuture();
		TestRedis.awaitWaiters(this.redis, this.key, 1);
		stage.cancel(true);
		TestRedis.awaitWaiters(this.redis, this.key, 0);
		assertThat(lease.isHeld()).isTrue();
		lease.close();
	}

	@Test
	void whenReleasedWithTheInterruptFlagThenReleased() throws Exception {
		for (int round = 0; round < ROUNDS; round++) {
			Lease lease = this.engines.get(round % 2).acquire(spec());
			Thread.currentThread().interrupt();
			lease.close();
			assertThat(Thread.interrupted()).isTrue();
			assertThat(this.redis.hasKey("redis-lock:{" + this.key + "}")).isFalse();
		}
	}

	@Test
	void whenInterruptedWhileWaitingThenTheFlagIsClearedAndThePlaceIsGone() throws Exception {
		Lease lease = this.engines.get(0).acquire(spec());
		Thread caller = Thread.currentThread();
		for (int waiters = 1; waiters <= 2; waiters++) {
			this.threads.execute(() -> {
				TestRedis.awaitWaiters(this.redis, this.key, 1);
				caller.interrupt();
			});
			assertThatExceptionOfType(InterruptedException.class)
				.isThrownBy(() -> this.engines.get(1).acquire(spec().timeout(Duration.ofSeconds(30))));
			assertThat(Thread.interrupted()).isFalse();
			TestRedis.awaitWaiters(this.redis, this.key, 0);
		}
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> this.engines.get(1).acquire(spec()));
		assertThat(Thread.interrupted()).isFalse();
		lease.close();
	}

	private void work(Lease lease) {
		assertThat(this.inside.incrementAndGet()).isEqualTo(1);
		this.entries.incrementAndGet();
		if (!Thread.currentThread().isInterrupted()) {
			LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(500_000));
		}
		this.inside.decrementAndGet();
		lease.close();
	}

	private static Duration millis(int least, int most) {
		return Duration.ofMillis(ThreadLocalRandom.current().nextInt(least, most + 1));
	}

}
