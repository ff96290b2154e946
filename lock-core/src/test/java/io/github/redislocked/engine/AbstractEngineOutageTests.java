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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.Lease;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockStoreException;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.Ports;
import io.github.redislocked.testing.Signals;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the engine does when Redis is down, does not answer, or comes back empty.
 */
abstract class AbstractEngineOutageTests {

	private static final Duration COMMAND = Duration.ofMillis(400);

	private static final Duration MACHINE = Duration.ofSeconds(3);

	private static final String LOCK = "redis-lock:{k}";

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Driver driver;

	private TestRedis server = TestRedis.start();

	private StringRedisTemplate redis = this.server.template();

	private final LockEngine engine;

	private final LockEngine other;

	AbstractEngineOutageTests(Driver driver) {
		this.driver = driver;
		this.engine = engine(this.server.port());
		this.other = engine(this.server.port());
	}

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
		this.engine.close();
		this.other.close();
		this.server.close();
	}

	@Test
	void whenRedisIsDownThenRefusedAfterTheTimeout() {
		LockEngine lost = engine(Ports.next());
		long start = System.nanoTime();
		assertThatExceptionOfType(LockStoreException.class)
			.isThrownBy(() -> lost.acquire(spec().timeout(Duration.ofMillis(300))))
			.satisfies((ex) -> assertThat(ex.isTransient()).isTrue());
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(250),
				Duration.ofMillis(300).plus(COMMAND).plus(MACHINE));
		assertThatExceptionOfType(LockStoreException.class)
			.isThrownBy(() -> lost.acquire(spec().timeout(Duration.ZERO)));
		lost.close();
	}

	@Test
	void whenAskedWhileDisconnectedThenNothingIsTakenAfterTheReconnect() throws Exception {
		this.engine.acquire(spec()).close();
		this.server.close();
		assertThatExceptionOfType(LockStoreException.class)
			.isThrownBy(() -> this.engine.acquire(spec().timeout(Duration.ofMillis(100))));
		this.server = TestRedis.startOn(this.server.port());
		this.redis = this.server.template();
		awaitNothingIsLeft();
		this.other.acquire(spec()).close();
		this.engine.acquire(spec()).close();
		awaitNothingIsLeft();
	}

	@Test
	@DisabledOnOs(value = OS.WINDOWS, disabledReason = "freezes a process by a signal")
	void whenRedisDoesNotAnswerThenRefusedAndLaterNothingIsLeft() throws Exception {
		this.engine.acquire(spec()).close();
		long pid = this.server.pid();
		Signals.freeze(pid);
		try {
			long start = System.nanoTime();
			assertThatExceptionOfType(LockStoreException.class)
				.isThrownBy(() -> this.engine.acquire(spec().timeout(Duration.ofMillis(100))));
			assertThat(Duration.ofNanos(System.nanoTime() - start))
				.isLessThan(Duration.ofMillis(100).plus(COMMAND).plus(MACHINE));
		}
		finally {
			Signals.thaw(pid);
		}
		awaitNothingIsLeft();
		this.other.acquire(spec()).close();
		this.engine.acquire(spec()).close();
	}

	@Test
	@DisabledOnOs(value = OS.WINDOWS, disabledReason = "freezes a process by a signal")
	void whenRedisDoesNotAnswerTheReleaseThenItIsRepeated() throws Exception {
		Lease lease = this.engine.acquire(spec());
		long pid = this.server.pid();
		Signals.freeze(pid);
		try {
			lease.close();
			// Long enough for repetitions to fail too.
			long until = System.nanoTime() + 4 * COMMAND.toNanos();
			Awaitility.await().until(() -> System.nanoTime() - until > 0);
		}
		finally {
			Signals.thaw(pid);
		}
		assertThat(lease.isHeld()).isFalse();
		awaitNothingIsLeft();
		this.other.acquire(spec()).close();
	}

	@Test
	@DisabledOnOs(value = OS.WINDOWS, disabledReason = "freezes a process by a signal")
	void whenRedisDoesNotAnswerAsynchronousReleasesThenAllAreToldAndLaterReleased() throws Exception {
		List<Lease> leases = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			leases.add(this.engine.acquire(LockSpec.of("k" + i)));
		}
		long pid = this.server.pid();
		Signals.freeze(pid);
		try {
			CompletableFuture<?>[] closed = leases.stream()
				.map((lease) -> lease.closeAsync().toCompletableFuture())
				.toArray(CompletableFuture[]::new);
			assertThat(CompletableFuture.allOf(closed)).succeedsWithin(MACHINE.plus(COMMAND.multipliedBy(4)));
			assertThat(leases).noneMatch(Lease::isHeld);
			assertThat(this.engine.parts().closings().isIdle()).isFalse();
		}
		finally {
			Signals.thaw(pid);
		}
		Awaitility.await().until(() -> this.engine.parts().closings().isIdle());
		assertThat(this.redis.keys("*")).allMatch((name) -> name.endsWith(":fence"));
		this.other.acquire(LockSpec.of("k7").timeout(Duration.ZERO)).close();
	}

	@Test
	@DisabledOnOs(value = OS.WINDOWS, disabledReason = "freezes a process by a signal")
	void whenRedisDoesNotAnswerForAWhileThenWaitersAndHoldersGoOn() throws Exception {
		Lease lease = this.engine.acquire(spec().expire(Duration.ofSeconds(20)));
		Future<Lease> waiter = this.threads.submit(() -> this.other.acquire(spec().timeout(Duration.ofSeconds(20))));
		TestRedis.awaitWaiters(this.redis, "k", 1);
		long pid = this.server.pid();
		Signals.freeze(pid);
		CompletableFuture<Void> over = CompletableFuture.runAsync(() -> Signals.thaw(pid),
				CompletableFuture.delayedExecutor(1500, TimeUnit.MILLISECONDS, this.threads));
		over.join();
		assertThat(lease.isHeld()).isTrue();
		lease.close();
		Lease next = waiter.get(10, TimeUnit.SECONDS);
		assertThat(next.isHeld()).isTrue();
		next.close();
		awaitNothingIsLeft();
	}

	@Test
	void whenRedisIsRestartedEmptyThenWaitersEnterAndHoldersTouchNothing() throws Exception {
		Lease lease = this.engine.acquire(spec());
		Future<Lease> waiter = this.threads.submit(() -> this.other.acquire(spec().timeout(Duration.ofSeconds(20))));
		TestRedis.awaitWaiters(this.redis, "k", 1);
		this.server.close();
		this.server = TestRedis.startOn(this.server.port());
		this.redis = this.server.template();
		Lease next = waiter.get(15, TimeUnit.SECONDS);
		assertThat(next.fencingToken()).isGreaterThan(lease.fencingToken());
		closeOrLose(lease);
		assertThat(this.redis.opsForValue().get(LOCK)).isEqualTo(next.ownerToken());
		next.close();
		awaitNothingIsLeft();
	}

	// A driver whose connection broke cannot tell that the lock is lost, and repeats the
	// release in the background.
	private static void closeOrLose(Lease lease) {
		try {
			lease.close();
		}
		catch (LockLostException ex) {
			assertThat(ex.key()).isEqualTo("k");
		}
	}

	private void awaitNothingIsLeft() {
		Awaitility.await()
			.atMost(Duration.ofSeconds(5))
			.pollInterval(Duration.ofMillis(10))
			.untilAsserted(() -> assertThat(this.redis.keys("*")).allMatch((LOCK + ":fence")::equals));
		Awaitility.await()
			.until(() -> this.engine.parts().queues().size() == 0 && this.other.parts().queues().size() == 0);
	}

	private LockEngine engine(int port) {
		return new LockEngine(TestEngines.store(this.driver.connect(port, COMMAND)), TestEngines.SETTINGS);
	}

	private static LockSpec spec() {
		return LockSpec.of("k");
	}

}
