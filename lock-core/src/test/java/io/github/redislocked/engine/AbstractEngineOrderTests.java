/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.Lease;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.testing.Driver;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Callers of one engine, and callers of several locks.
 */
abstract class AbstractEngineOrderTests extends AbstractTwoEngines {

	private static final int ROUNDS = 50;

	AbstractEngineOrderTests(Driver driver) {
		super(driver);
	}

	@Test
	void whenSeveralAreTakenInOppositeOrdersThenNoDeadlock() throws Exception {
		List<LockSpec> specs = List.of(spec("a"), spec("b"), spec("c"));
		List<LockSpec> opposite = List.of(spec("c"), spec("b"), spec("a"));
		List<Callable<Void>> tasks = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			LockEngine engine = this.engines.get(i % 2);
			List<LockSpec> mine = (i / 2 == i % 2) ? specs : opposite;
			tasks.add(() -> {
				for (int round = 0; round < ROUNDS; round++) {
					List<Lease> leases = engine.acquireAll(mine);
					assertThat(this.inside.incrementAndGet()).isEqualTo(1);
					this.inside.decrementAndGet();
					leases.forEach(Lease::close);
				}
				return null;
			});
		}
		runAll(tasks);
	}

	@Test
	void whenTwoNestKeysInOppositeOrdersThenNobodyWaitsLongerThanItsTimeout() throws Exception {
		CyclicBarrier bothInside = new CyclicBarrier(2);
		Duration timeout = Duration.ofMillis(500);
		List<Future<@Nullable LockNotAcquiredException>> callers = new ArrayList<>();
		List<Lease> outer = List.of(this.engines.get(0).acquire(spec("a")), this.engines.get(1).acquire(spec("b")));
		for (int i = 0; i < 2; i++) {
			LockEngine engine = this.engines.get(i);
			LockSpec inner = spec((i == 0) ? "b" : "a").timeout(timeout);
			Lease own = outer.get(i);
			callers.add(this.threads.submit(() -> own.call(() -> {
				bothInside.await();
				try {
					engine.acquire(inner).close();
					return null;
				}
				catch (LockNotAcquiredException ex) {
					return ex;
				}
				finally {
					own.close();
				}
			})));
		}
		List<LockNotAcquiredException> failures = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			LockNotAcquiredException failure = callers.get(i).get(30, TimeUnit.SECONDS);
			if (failure != null) {
				failures.add(failure);
				Lease others = outer.get(1 - i);
				assertThat(failure.key()).isEqualTo(others.key());
				assertThat(failure.holder()).contains(others.ownerToken());
				assertThat(failure).hasMessageNotContaining(others.key());
			}
		}
		assertThat(failures).isNotEmpty();
	}

	@Test
	void whenOneOfSeveralIsHeldThenTheOthersAreGivenBack() throws Exception {
		Lease lease = this.engines.get(0).acquire(spec("c"));
		assertThatExceptionOfType(LockNotAcquiredException.class).isThrownBy(() -> this.engines.get(1)
			.acquireAll(List.of(spec("a"), spec("c").timeout(Duration.ofMillis(50)), spec("b"))));
		assertThat(this.redis.keys("redis-lock:{" + this.key + "*}")).hasSize(1);
		lease.close();
	}

	@Test
	void whenManyThreadsOfOneEngineWaitThenServedInOrderOfArrival() throws Exception {
		LockEngine engine = this.engines.get(0);
		Lease lease = engine.acquire(spec());
		List<Integer> served = new ArrayList<>();
		List<Thread> waiters = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			int number = i;
			Thread waiter = new Thread(() -> {
				try {
					engine.execute(spec().timeout(Duration.ofSeconds(30)), () -> served.add(number));
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			});
			waiters.add(waiter);
			waiter.start();
			Awaitility.await()
				.pollInterval(Duration.ofMillis(1))
				.until(() -> waiter.getState() == Thread.State.TIMED_WAITING);
		}
		lease.close();
		for (Thread waiter : waiters) {
			waiter.join();
		}
		assertThat(served).hasSize(20).isSorted();
	}

}
