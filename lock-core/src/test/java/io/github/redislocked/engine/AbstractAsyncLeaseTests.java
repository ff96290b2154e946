/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.Lease;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What callers that do not block are given, one lease or several.
 */
abstract class AbstractAsyncLeaseTests extends AbstractTwoEngines {

	AbstractAsyncLeaseTests(Driver driver) {
		super(driver);
	}

	@Test
	void whenClosedAsyncThenReleasedOnceOnAThreadOfTheLocks() throws Exception {
		Lease lease = this.engines.get(0).acquire(spec());
		String thread = lease.closeAsync()
			.thenApply((closed) -> Thread.currentThread().getName())
			.toCompletableFuture()
			.get(5, TimeUnit.SECONDS);
		assertThat(thread).satisfiesAnyOf((name) -> assertThat(name).startsWith("redis-lock-callback"),
				(name) -> assertThat(name).isEqualTo(Thread.currentThread().getName()));
		assertThat(lease.isHeld()).isFalse();
		Lease next = this.engines.get(1).acquire(spec().timeout(Duration.ZERO));
		lease.closeAsync().toCompletableFuture().get(5, TimeUnit.SECONDS);
		lease.close();
		assertThat(next.isHeld()).isTrue();
		next.close();
	}

	@Test
	void whenLostThenCloseAsyncFails() throws Exception {
		Lease lease = this.engines.get(0).acquire(spec());
		this.redis.delete("redis-lock:{" + this.key + "}");
		assertLost(lease);
		Lease known = this.engines.get(0).acquire(spec().expire(Duration.ofMillis(20)));
		Awaitility.await().until(() -> !known.isHeld());
		assertLost(known);
	}

	@Test
	void whenSeveralThenAllInTheOrderOfTheSpecs() throws Exception {
		List<Lease> leases = this.engines.get(0)
			.acquireAllAsync(List.of(spec("b"), spec("a"), spec("b").expire(Duration.ofMillis(1))))
			.toCompletableFuture()
			.get(5, TimeUnit.SECONDS);
		assertThat(leases).extracting(Lease::key).containsExactly(this.key + "b", this.key + "a");
		assertThat(leases).allSatisfy((lease) -> assertThat(lease.remaining()).isGreaterThan(Duration.ofSeconds(20)));
		leases.forEach(Lease::close);
		assertThatIllegalArgumentException().isThrownBy(() -> this.engines.get(0).acquireAllAsync(List.of()));
	}

	@Test
	void whenOneCannotBeHadThenNoneIsKept() throws Exception {
		Lease foreign = this.engines.get(1).acquire(spec("b"));
		CompletableFuture<List<Lease>> waiting = this.engines.get(0)
			.acquireAllAsync(List.of(spec("b").timeout(Duration.ofMillis(200)), spec("a")))
			.toCompletableFuture();
		assertThatExceptionOfType(CompletionException.class).isThrownBy(waiting::join)
			.withCauseInstanceOf(LockNotAcquiredException.class);
		awaitFree("a");
		foreign.close();
	}

	@Test
	void whenCancelledThenNoneIsKept() throws Exception {
		Lease foreign = this.engines.get(1).acquire(spec("b"));
		CompletableFuture<List<Lease>> waiting = this.engines.get(0)
			.acquireAllAsync(List.of(spec("b"), spec("a")))
			.toCompletableFuture();
		TestRedis.awaitWaiters(this.redis, this.key + "b", 1);
		assertThat(waiting.cancel(true)).isTrue();
		awaitFree("a");
		Awaitility.await()
			.until(() -> Long.valueOf(0).equals(this.redis.opsForZSet().size("redis-lock:{" + this.key + "b}:queue")));
		foreign.close();
	}

	@Test
	void whenTheCancelRacesTheGrantThenNothingIsLeft() throws Exception {
		for (int round = 0; round < 200; round++) {
			Lease foreign = this.engines.get(round % 2).acquire(spec("b"));
			CompletableFuture<List<Lease>> waiting = this.engines.get(0)
				.acquireAllAsync(List.of(spec("b"), spec("a")))
				.toCompletableFuture();
			CompletableFuture<Void> release = foreign.closeAsync().toCompletableFuture();
			if (round % 3 == 0) {
				release.join();
			}
			if (round % 5 == 0) {
				Thread.yield();
			}
			if (!waiting.cancel(true) && !waiting.isCompletedExceptionally()) {
				waiting.join().forEach(Lease::close);
			}
			release.join();
		}
		awaitFree("a");
		awaitFree("b");
	}

	@Test
	void whenInsideThenSharedWithoutACommand() throws Exception {
		Lease outer = this.engines.get(0).acquire(spec("b"));
		TestRedis.resetStatistics(this.redis);
		List<Lease> leases = outer.call(() -> this.engines.get(0).acquireAllAsync(List.of(spec("a"), spec("b"))))
			.toCompletableFuture()
			.get(5, TimeUnit.SECONDS);
		assertThat(TestRedis.calls(this.redis, "evalsha")).isEqualTo(1);
		assertThat(leases.get(1).fencingToken()).isEqualTo(outer.fencingToken());
		leases.forEach(Lease::close);
		assertThat(outer.isHeld()).isTrue();
		outer.close();
	}

	@Test
	void whenTakenInOppositeOrdersThenNobodyWaitsForTheOther() {
		List<CompletableFuture<Void>> all = new ArrayList<>();
		for (int i = 0; i < 40; i++) {
			List<LockSpec> specs = (i % 4 < 2) ? List.of(spec("a"), spec("b"), spec("c"))
					: List.of(spec("c"), spec("b"), spec("a"));
			all.add(this.engines.get(i % 2)
				.acquireAllAsync(specs)
				.thenCompose((leases) -> CompletableFuture.allOf(leases.stream()
					.map((l) -> l.closeAsync().toCompletableFuture())
					.toArray((n) -> new CompletableFuture<?>[n])))
				.toCompletableFuture());
		}
		all.forEach((one) -> assertThat(one).succeedsWithin(Duration.ofSeconds(20)));
	}

	@Test
	void whenTheThirdCannotBeHadThenAllAreGivenBack() throws Exception {
		Lease foreign = this.engines.get(1).acquire(spec("c"));
		CompletableFuture<List<Lease>> waiting = this.engines.get(0)
			.acquireAllAsync(List.of(spec("c"), spec("a").timeout(Duration.ofMillis(300)), spec("b")))
			.toCompletableFuture();
		TestRedis.awaitWaiters(this.redis, this.key + "c", 1);
		assertThat(waiting).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.havingCause()
			.isInstanceOfSatisfying(LockNotAcquiredException.class,
					(failure) -> assertThat(failure.key()).isEqualTo(this.key + "c"));
		awaitFree("a");
		awaitFree("b");
		foreign.close();
	}

	@Test
	void whenCancelledWhileTheSecondIsAwaitedThenTheFirstIsGivenBackAndTheThirdNotTaken() throws Exception {
		Lease foreign = this.engines.get(1).acquire(spec("b"));
		CompletableFuture<List<Lease>> waiting = this.engines.get(0)
			.acquireAllAsync(List.of(spec("c"), spec("b"), spec("a")))
			.toCompletableFuture();
		TestRedis.awaitWaiters(this.redis, this.key + "b", 1);
		assertThat(waiting.cancel(true)).isTrue();
		awaitFree("a");
		foreign.close();
		awaitFree("b");
		assertThat(this.redis.hasKey("redis-lock:{" + this.key + "c}:fence")).as("the third was asked for").isFalse();
	}

	private void awaitFree(String part) throws InterruptedException {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(10))
			.until(() -> !this.redis.hasKey("redis-lock:{" + this.key + part + "}"));
		this.engines.get(1).acquire(spec(part).timeout(Duration.ZERO)).close();
	}

	private static void assertLost(Lease lease) {
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> lease.closeAsync().toCompletableFuture().join())
			.withCauseInstanceOf(LockLostException.class);
	}

}
