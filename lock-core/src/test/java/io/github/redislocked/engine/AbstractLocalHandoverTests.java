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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.redislocked.Lease;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.Renewal;
import io.github.redislocked.testing.Driver;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A lock that passes from caller to caller of one process: whose it is, and what both of
 * them see. A lock that has passed keeps its owner token, a new acquisition has another.
 */
abstract class AbstractLocalHandoverTests extends AbstractTwoEngines {

	private final LockEngine engine = this.engines.get(0);

	AbstractLocalHandoverTests(Driver driver) {
		super(driver, TestEngines.passing(100));
	}

	@Test
	void whenPassedThenTheSameOwnerAndTheNextFencingToken() throws Exception {
		Lease first = this.engine.acquire(spec());
		CompletableFuture<Lease> next = waiting(spec());
		assertThat(next).isNotDone();
		first.close();
		Lease second = got(next);
		assertThat(second.ownerToken()).isEqualTo(first.ownerToken());
		assertThat(second.fencingToken()).isEqualTo(first.fencingToken() + 1);
		assertThat(second.isHeld()).isTrue();
		assertThat(second.remaining()).isBetween(Duration.ofSeconds(25), Duration.ofSeconds(30));
		second.close();
		assertThat(this.redis.hasKey(lock())).isFalse();
	}

	@Test
	void whenPassedThenTheFormerLeaseIsOverAndClosingItAgainDoesNothing() throws Exception {
		Lease first = this.engine.acquire(spec());
		CompletableFuture<Lease> next = waiting(spec());
		first.close();
		Lease second = got(next);
		assertThat(first.isHeld()).isFalse();
		assertThat(first.remaining()).isZero();
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> first.renew(Duration.ofSeconds(60)));
		first.close();
		first.closeAsync().toCompletableFuture().join();
		assertThat(second.isHeld()).isTrue();
		assertThat(this.redis.opsForValue().get(lock())).isEqualTo(second.ownerToken());
		second.close();
	}

	@Test
	void whenTheNextOnesLockIsLostThenOnlyThatOneIsTold() throws Exception {
		LockSpec spec = spec().expire(Duration.ofSeconds(6)).renew(Renewal.ALWAYS);
		AtomicInteger formerTold = new AtomicInteger();
		AtomicInteger told = new AtomicInteger();
		Lease first = this.engine.acquire(spec);
		first.onLost(formerTold::incrementAndGet);
		CompletableFuture<Lease> next = waiting(spec);
		first.close();
		Lease second = got(next);
		assertThat(second.ownerToken()).isEqualTo(first.ownerToken());
		second.onLost(told::incrementAndGet);
		this.redis.delete(lock());
		Awaitility.await().until(() -> told.get() == 1);
		assertThat(second.isHeld()).isFalse();
		assertThat(formerTold).hasValue(0);
		first.close();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(second::close);
	}

	@Test
	void whenPassedThenTheLeaseIsRenewed() throws Exception {
		// A tenth of it is the time in which it can be passed on.
		LockSpec spec = spec().expire(Duration.ofSeconds(4)).renew(Renewal.ALWAYS);
		Lease first = this.engine.acquire(spec);
		CompletableFuture<Lease> next = waiting(spec);
		CompletableFuture<Lease> last = waiting(spec);
		first.close();
		Lease second = got(next);
		assertThat(second.ownerToken()).isEqualTo(first.ownerToken());
		holdsLongerThan(second, Duration.ofSeconds(5));
		second.close();
		Lease third = got(last);
		holdsLongerThan(third, Duration.ofSeconds(5));
		assertThatExceptionOfType(LockNotAcquiredException.class)
			.isThrownBy(() -> this.engines.get(1).acquire(spec.timeout(Duration.ZERO)));
		third.close();
	}

	@Test
	void whenAStrictLeaseIsPassedThenItEnds() throws Exception {
		LockSpec spec = spec().expire(Duration.ofMillis(800)).renew(Renewal.NEVER);
		Lease first = this.engine.acquire(spec);
		CompletableFuture<Lease> next = waiting(spec);
		first.close();
		Lease second = got(next);
		Awaitility.await().until(() -> !second.isHeld());
		this.engines.get(1).acquire(spec).close();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(second::close);
	}

	@Test
	void whenSharedThenOnlyTheLastToClosePassesItOn() throws Exception {
		Lease outer = this.engine.acquire(spec());
		CompletableFuture<Lease> next = waiting(spec());
		Lease inner = outer.call(() -> this.engine.acquire(spec()));
		outer.close();
		assertThat(inner.isHeld()).isTrue();
		assertThat(next).isNotDone();
		inner.close();
		got(next).close();
	}

	@Test
	void whenCallersOfAllKindsWaitThenServedInOrderOfArrival() throws Exception {
		List<Integer> served = new ArrayList<>();
		List<CompletableFuture<?>> ends = new ArrayList<>();
		Lease first = this.engine.acquire(spec());
		for (int i = 0; i < 30; i++) {
			int number = i;
			if (i % 3 == 0) {
				ends.add(this.blocking(() -> served.add(number)));
			}
			else if (i % 3 == 1) {
				ends.add(waiting(spec()).thenAccept((lease) -> {
					served.add(number);
					lease.close();
				}));
			}
			else {
				ends.add(waiting(spec()).thenCompose((lease) -> {
					served.add(number);
					return lease.closeAsync();
				}));
			}
		}
		first.close();
		CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
		assertThat(served).hasSize(30).isSorted();
	}

	@Test
	void whenManyCallersOfBothProcessesThenFencingTokensGrowAndNobodyIsInsideTwice() throws Exception {
		List<Long> fencingTokens = new ArrayList<>();
		List<Callable<Void>> tasks = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			LockEngine mine = this.engines.get(i % 2);
			tasks.add(() -> {
				for (int round = 0; round < 100; round++) {
					Lease lease = mine.acquire(spec());
					assertThat(this.inside.incrementAndGet()).isOne();
					fencingTokens.add(lease.fencingToken());
					this.inside.decrementAndGet();
					lease.close();
				}
				return null;
			});
		}
		runAll(tasks);
		assertThat(fencingTokens).hasSize(800).doesNotHaveDuplicates().isSorted();
	}

	private CompletableFuture<Void> blocking(Runnable action) {
		CompletableFuture<Void> end = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				this.engine.execute(spec(), () -> {
					action.run();
					return null;
				});
				end.complete(null);
			}
			catch (InterruptedException | RuntimeException ex) {
				end.completeExceptionally(ex);
			}
		});
		thread.start();
		Awaitility.await()
			.pollInterval(Duration.ofMillis(1))
			.until(() -> thread.getState() == Thread.State.TIMED_WAITING);
		return end;
	}

	private void holdsLongerThan(Lease lease, Duration time) {
		Awaitility.await().during(time).atMost(Duration.ofSeconds(20)).until(lease::isHeld);
		assertThat(this.redis.opsForValue().get(lock())).isEqualTo(lease.ownerToken());
	}

	// Has its place in the queue when this returns.
	private CompletableFuture<Lease> waiting(LockSpec spec) {
		return this.engine.acquireAsync(spec).toCompletableFuture();
	}

	private static Lease got(CompletableFuture<Lease> lease) throws Exception {
		return lease.get(10, TimeUnit.SECONDS);
	}

	private String lock() {
		return "redis-lock:{" + this.key + "}";
	}

}
