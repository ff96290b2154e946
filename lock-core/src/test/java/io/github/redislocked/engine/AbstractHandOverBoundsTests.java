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

import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How far a lock passes inside one process before Redis is asked, and what that spares. A
 * lock that has passed keeps its owner token, a new acquisition has another.
 */
abstract class AbstractHandOverBoundsTests extends AbstractTwoEngines {

	private static final int PASSES = 4;

	private final TestEngines started;

	AbstractHandOverBoundsTests(Driver driver) {
		super(driver, TestEngines.passing(PASSES));
		this.started = new TestEngines(TestRedis.shared(), driver);
	}

	@AfterEach
	void stop() {
		this.started.close();
	}

	@Test
	void whenPassedThenLessThanHalfAScriptPerAcquisition() throws Exception {
		assertThat(scriptsPerAcquisition(LocalHandover.DEFAULT)).isLessThan(0.5);
	}

	@Test
	void whenNeverPassedThenAboutOneScriptPerAcquisition() throws Exception {
		assertThat(scriptsPerAcquisition(LocalHandover.NONE)).isBetween(0.99, 1.2);
	}

	@Test
	void whenThePassesAreUsedUpThenAnAcquisitionOfItsOwn() throws Exception {
		List<String> owners = owners(this.engines.get(0), 2 * PASSES + 2);
		assertThat(owners.subList(0, PASSES + 1)).containsOnly(owners.get(0));
		assertThat(owners.subList(PASSES + 1, 2 * PASSES + 2)).containsOnly(owners.get(PASSES + 1))
			.doesNotContain(owners.get(0));
	}

	@Test
	void whenTheTimeIsZeroThenNeverPassed() throws Exception {
		LockEngine engine = this.started.start(TestEngines.with(new LocalHandover(PASSES, Duration.ZERO)));
		assertThat(owners(engine, 5)).doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@CsvSource({ "30,true", "31,true", "40,false", "20,false", "29,false" })
	void whenTheNextOneAsksForAnotherTimeThenPassedOnlyIfItIsAlmostTheSame(long seconds, boolean passed)
			throws Exception {
		LockEngine engine = this.engines.get(0);
		Lease first = engine.acquire(spec().expire(Duration.ofSeconds(30)));
		LockSpec other = spec().expire(Duration.ofSeconds(seconds));
		CompletableFuture<Lease> next = engine.acquireAsync(other).toCompletableFuture();
		first.close();
		Lease second = next.get(10, TimeUnit.SECONDS);
		assertThat(second.ownerToken().equals(first.ownerToken())).isEqualTo(passed);
		assertThat(second.fencingToken()).isGreaterThan(first.fencingToken());
		Duration asked = Duration.ofSeconds(seconds);
		assertThat(second.remaining()).isBetween(asked.multipliedBy(8).dividedBy(10), asked);
		second.close();
	}

	@Test
	void whenAnotherProcessWaitsThenItsTurnComesWithinTheBounds() throws Exception {
		this.engines.forEach(this::subscribe);
		String[] last = new String[1];
		int[] row = new int[1];
		int[] longest = new int[1];
		int[] changes = new int[1];
		List<Callable<Void>> tasks = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			LockEngine engine = this.engines.get(i % 2);
			tasks.add(() -> {
				for (int round = 0; round < 60; round++) {
					Lease lease = engine.acquire(spec());
					String process = process(lease);
					boolean wanted = this.redis.opsForZSet()
						.range("redis-lock:{" + this.key + "}:queue", 0, -1)
						.stream()
						.anyMatch((waiter) -> !waiter.startsWith(process));
					boolean same = process.equals(last[0]);
					changes[0] += same ? 0 : 1;
					row[0] = wanted ? (same ? row[0] : 0) + 1 : 0;
					longest[0] = Math.max(longest[0], row[0]);
					last[0] = process;
					lease.close();
				}
				return null;
			});
		}
		runAll(tasks);
		assertThat(longest[0]).isBetween(2, PASSES + 2);
		assertThat(changes[0]).isGreaterThan(20);
	}

	@Test
	void whenHandedOverByAnotherProcessThenLiftedAndPassedOnWithinTheSameBounds() throws Exception {
		LockEngine here = this.engines.get(0);
		LockEngine there = this.engines.get(1);
		this.engines.forEach(this::subscribe);
		List<String> served = new ArrayList<>();
		List<CompletableFuture<?>> ends = new ArrayList<>();
		Lease held = here.acquire(spec());
		CompletableFuture<Lease> claimed = there.acquireAsync(spec()).toCompletableFuture();
		TestRedis.awaitWaiters(this.redis, this.key, 1);
		held.close();
		Lease first = claimed.get(10, TimeUnit.SECONDS);
		ends.add(here.acquireAsync(spec()).thenAccept((lease) -> {
			served.add("other process");
			lease.close();
		}).toCompletableFuture());
		TestRedis.awaitWaiters(this.redis, this.key, 1);
		for (int i = 0; i < PASSES + 2; i++) {
			ends.add(there.acquireAsync(spec()).thenAccept((lease) -> {
				served.add((lease.remaining().toSeconds() > 20) ? "full" : "short");
				lease.close();
			}).toCompletableFuture());
		}
		first.close();
		CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
		assertThat(served).hasSize(PASSES + 3).startsWith("full", "full", "full", "full", "other process");
	}

	// The owner tokens of so many callers of one engine that wait from the start.
	private List<String> owners(LockEngine engine, int callers) throws Exception {
		List<CompletableFuture<Lease>> leases = new ArrayList<>();
		List<String> owners = new ArrayList<>();
		for (int i = 0; i < callers; i++) {
			leases.add(engine.acquireAsync(spec()).toCompletableFuture());
		}
		for (CompletableFuture<Lease> next : leases) {
			Lease lease = next.get(10, TimeUnit.SECONDS);
			owners.add(lease.ownerToken());
			lease.close();
		}
		return owners;
	}

	private double scriptsPerAcquisition(LocalHandover localHandover) throws Exception {
		LockEngine engine = this.started.start(TestEngines.with(localHandover));
		engine.acquire(spec()).close();
		TestRedis.resetStatistics(this.redis);
		List<Callable<Void>> tasks = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			tasks.add(() -> {
				for (int round = 0; round < 100; round++) {
					engine.acquire(spec()).close();
				}
				return null;
			});
		}
		runAll(tasks);
		double scripts = TestRedis.calls(this.redis, "evalsha") + TestRedis.calls(this.redis, "eval");
		return scripts / 800;
	}

	// Waits once, and until the wake-ups are subscribed to.
	private void subscribe(LockEngine engine) {
		LockEngine other = (engine == this.engines.get(0)) ? this.engines.get(1) : this.engines.get(0);
		Lease held = other.acquireAsync(spec()).toCompletableFuture().join();
		CompletableFuture<Lease> next = engine.acquireAsync(spec()).toCompletableFuture();
		TestRedis.awaitWaiters(this.redis, this.key, 1);
		held.close();
		Lease lease = next.join();
		Awaitility.await().until(() -> TestRedis.channels(this.redis, "redis-lock:wake-up:" + process(lease)) == 1);
		lease.close();
	}

	private static String process(Lease lease) {
		return lease.ownerToken().replaceAll(":\\d+$", "");
	}

}
