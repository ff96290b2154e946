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
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Locks between processes: real ones, which can be frozen and killed.
 */
class LockProcessesIntegrationTests {

	/** What a crashed or deaf waiter costs the next one, and what a busy machine adds. */
	private static final Duration LONGEST_DELAY = Duration.ofSeconds(2).plusSeconds(2);

	private final StringRedisTemplate redis = TestRedis.shared().template();

	private final String key = "order:" + UUID.randomUUID();

	private final List<LockProcess> processes = new ArrayList<>();

	private final TestEngines engines = new TestEngines(TestRedis.shared(), Driver.LETTUCE);

	private final LockEngine engine = this.engines.start();

	@BeforeEach
	void clean() {
		assertThat(this.redis.hasKey("counter:" + this.key)).isFalse();
	}

	@AfterEach
	void stop() {
		this.processes.forEach(LockProcess::close);
		this.engines.close();
		this.redis.delete("counter:" + this.key);
	}

	@Test
	void whenFourProcessesCountThenExact() {
		start(Driver.LETTUCE, Driver.JEDIS, Driver.LETTUCE, Driver.JEDIS);
		this.processes.forEach((process) -> process.tell("count " + this.key + " 8 63"));
		this.processes.forEach((process) -> assertThat(process.answer()).isEqualTo("counted"));
		assertThat(this.redis.opsForValue().get("counter:" + this.key)).isEqualTo(Integer.toString(4 * 8 * 63));
		assertThat(this.redis.hasKey("redis-lock:{" + this.key + "}")).isFalse();
	}

	@Test
	void whenProcessesWaitThenServedInOrderOfArrival() throws Exception {
		start(Driver.JEDIS, Driver.LETTUCE, Driver.JEDIS);
		Lease lease = this.engine.acquire(spec());
		// Not in the order in which they were started.
		List<LockProcess> order = List.of(this.processes.get(2), this.processes.get(0), this.processes.get(1));
		for (int i = 0; i < order.size(); i++) {
			queue(order.get(i), 0, i + 1);
		}
		awaitReceivers(order.size());
		lease.close();
		LockProcess.Entry last = new LockProcess.Entry(lease.fencingToken(), 0);
		for (LockProcess process : order) {
			LockProcess.Entry entry = process.entered();
			assertThat(entry.fencingToken()).isGreaterThan(last.fencingToken());
			assertThat(entry.at()).isGreaterThan(last.at());
			assertThat(order).noneMatch(LockProcess::hasAnswered);
			process.tell("release " + this.key);
			last = new LockProcess.Entry(entry.fencingToken(), Long.parseLong(process.answer().split(" ")[1]));
		}
	}

	@Test
	void whenTheFirstWaiterIsKilledThenTheNextIsHardlyDelayed() throws Exception {
		start(Driver.LETTUCE, Driver.JEDIS);
		delayOf(LockProcess::kill, "killed");
	}

	@Test
	@DisabledOnOs(value = OS.WINDOWS, disabledReason = "freezes a process by a signal")
	void whenTheFirstWaiterIsFrozenThenTheNextIsDelayedByTheClaimTime() throws Exception {
		start(Driver.JEDIS, Driver.LETTUCE);
		delayOf(LockProcess::freeze, "frozen");
	}

	@Test
	@DisabledOnOs(value = OS.WINDOWS, disabledReason = "freezes a process by a signal")
	void whenAWaiterThawsAfterItsClaimThenItDoesNotEnter() throws Exception {
		for (LockProcess frozen : start(Driver.LETTUCE, Driver.JEDIS)) {
			Lease first = this.engine.acquire(spec());
			queue(frozen, 0, 1);
			awaitReceivers(1);
			frozen.freeze();
			first.close();
			Lease second = this.engine.acquire(spec().timeout(Duration.ofSeconds(10)));
			frozen.thaw();
			Awaitility.await()
				.during(Duration.ofMillis(1500))
				.pollInterval(Duration.ofMillis(10))
				.until(() -> !frozen.hasAnswered() && second.isHeld());
			second.close();
			assertThat(frozen.entered().fencingToken()).isGreaterThan(second.fencingToken());
			frozen.tell("held " + this.key);
			assertThat(frozen.answer()).isEqualTo("held true");
			frozen.tell("release " + this.key);
			assertThat(frozen.answer()).startsWith("released");
			frozen.kill();
		}
	}

	@Test
	void whenAHolderIsKilledThenTheNextEntersAfterItsLease() throws Exception {
		LockProcess holder = start(Driver.LETTUCE).get(0);
		holder.tell("acquire " + this.key + " 1500 1000");
		LockProcess.Entry entry = holder.entered();
		holder.kill();
		long killedAt = System.nanoTime();
		Lease lease = this.engine.acquire(spec().timeout(Duration.ofSeconds(20)));
		report("holder killed, lease of 1500 ms: next entered", killedAt);
		// The command was on its way when the lease began.
		assertThat(Duration.ofNanos(System.nanoTime() - entry.at())).isGreaterThan(Duration.ofMillis(1000))
			.isLessThan(Duration.ofMillis(1500).plus(LONGEST_DELAY));
		assertThat(lease.fencingToken()).isGreaterThan(entry.fencingToken());
		lease.close();
	}

	@Test
	void whenHandedOverThenALeaseOfAnyKindOutlivesTheClaimTime() throws Exception {
		List<LockProcess> holders = start(Driver.LETTUCE, Driver.JEDIS);
		for (int i = 0; i < 2; i++) {
			LockProcess next = holders.get(i);
			// Strict first, then renewed.
			while (!handOver(next, (i == 0) ? 10_000 : 0)) {
				next.tell("release " + this.key);
				assertThat(next.answer()).startsWith("released");
			}
			Awaitility.await().until(() -> this.redis.getExpire("redis-lock:{" + this.key + "}") >= 5);
			Awaitility.await()
				.during(Duration.ofMillis(2500))
				.until(() -> this.redis.getExpire("redis-lock:{" + this.key + "}") >= 5);
			next.tell("held " + this.key);
			assertThat(next.answer()).isEqualTo("held true");
			next.tell("release " + this.key);
			assertThat(next.answer()).startsWith("released");
			next.kill();
			awaitReceivers(0);
		}
	}

	// Whether the lock was handed over: the waiter may have asked in this very moment,
	// and
	// then has a full lease.
	private boolean handOver(LockProcess next, long expireMillis) throws Exception {
		Lease lease = this.engine.acquire(spec());
		queue(next, expireMillis, 1);
		awaitReceivers(1);
		lease.close();
		boolean claimed = this.redis.getExpire("redis-lock:{" + this.key + "}", TimeUnit.MILLISECONDS) <= 1000;
		next.entered();
		return claimed;
	}

	private void delayOf(Consumer<LockProcess> fate, String word) throws Exception {
		Lease lease = this.engine.acquire(spec());
		queue(this.processes.get(0), 0, 1);
		queue(this.processes.get(1), 0, 2);
		awaitReceivers(2);
		fate.accept(this.processes.get(0));
		long releasedAt = System.nanoTime();
		lease.close();
		LockProcess.Entry entry = this.processes.get(1).entered();
		report("first waiter " + word + ": next entered", releasedAt);
		assertThat(Duration.ofNanos(entry.at() - releasedAt)).isLessThan(LONGEST_DELAY);
	}

	private List<LockProcess> start(Driver... drivers) {
		for (Driver driver : drivers) {
			this.processes
				.add(LockProcess.start(TestRedis.shared().port(), driver, "process-" + this.processes.size()));
		}
		this.processes.forEach(LockProcess::ready);
		return this.processes;
	}

	private void queue(LockProcess process, long expireMillis, int place) {
		process.tell("acquire " + this.key + " " + expireMillis + " 60000");
		TestRedis.awaitWaiters(this.redis, this.key, place);
	}

	// Whoever has a place and a subscription is reached by a wake-up.
	private void awaitReceivers(int receivers) {
		Callable<Boolean> all = () -> TestRedis.channels(this.redis, "redis-lock:wake-up:process-*") == receivers;
		Awaitility.await().pollInterval(Duration.ofMillis(5)).until(all);
	}

	private LockSpec spec() {
		return LockSpec.of(this.key);
	}

	private static void report(String what, long sinceNanos) {
		System.out.printf("[measured] %s after %d ms%n", what,
				TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNanos));
	}

}
