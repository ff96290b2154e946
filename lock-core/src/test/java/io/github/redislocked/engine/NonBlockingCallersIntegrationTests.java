/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.redislocked.Lease;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.Signals;
import io.github.redislocked.testing.TcpProxy;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * On a driver that does not block, callers that do not block occupy no thread, whatever
 * Redis does.
 */
class NonBlockingCallersIntegrationTests {

	private static final String SENDING = "io.github.redislocked.store.redis";

	private final TestRedis redis = TestRedis.start();

	private final TestEngines started = new TestEngines(this.redis, Driver.LETTUCE);

	private final LockEngine engine = this.started.start();

	@AfterEach
	void close() {
		this.started.close();
		this.redis.close();
	}

	@Test
	void whenRedisIsFrozenThenAllEndInTimeAndNoThreadWaits() throws Exception {
		acquire("warm", Duration.ZERO).join().closeAsync().toCompletableFuture().join();
		long pid = this.redis.pid();
		List<CompletableFuture<Lease>> waiting = new ArrayList<>();
		Signals.freeze(pid);
		try {
			long start = System.nanoTime();
			for (int i = 0; i < 100; i++) {
				waiting.add(acquire("frozen" + i, Duration.ofMillis(500)));
			}
			Awaitility.await()
				.pollDelay(Duration.ofMillis(200))
				.untilAsserted(() -> assertThat(stuck("redis-lock-")).isEmpty());
			assertThat(waiting).noneMatch(CompletableFuture::isDone);
			for (CompletableFuture<Lease> one : waiting) {
				assertThatExceptionOfType(CompletionException.class).isThrownBy(one::join)
					.withCauseInstanceOf(LockNotAcquiredException.class);
			}
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
			assertThat(stuck("redis-lock-")).isEmpty();
		}
		finally {
			Signals.thaw(pid);
		}
		// What the commands had taken when Redis went on is given back.
		Awaitility.await().untilAsserted(() -> assertThat(this.engine.parts().queues().size()).isZero());
		Awaitility.await().until(() -> this.engine.parts().closings().isIdle());
		assertThat(this.redis.template().keys("redis-lock:*")).allMatch((key) -> key.endsWith(":fence"));
	}

	@Test
	void whenRedisIsFrozenThenAReleaseWaitsWithoutAThread() throws Exception {
		List<Lease> leases = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			leases.add(acquire("held" + i, Duration.ZERO).join());
		}
		long pid = this.redis.pid();
		List<CompletableFuture<Void>> closed = new ArrayList<>();
		Signals.freeze(pid);
		try {
			leases.forEach((lease) -> closed.add(lease.closeAsync().toCompletableFuture()));
			Awaitility.await()
				.pollDelay(Duration.ofMillis(200))
				.untilAsserted(() -> assertThat(stuck("redis-lock-")).isEmpty());
			assertThat(closed).noneMatch(CompletableFuture::isDone);
		}
		finally {
			Signals.thaw(pid);
		}
		closed.forEach((one) -> one.orTimeout(5, TimeUnit.SECONDS).join());
		assertThat(this.redis.template().keys("redis-lock:*")).allMatch((key) -> key.endsWith(":fence"));
	}

	@Test
	void whenClosedWhileRedisIsFrozenThenAllWhoWaitAreTold() throws Exception {
		Lease held = acquire("held", Duration.ZERO).join();
		long pid = this.redis.pid();
		Duration timeout = Duration.ofMinutes(1);
		Signals.freeze(pid);
		try {
			List<CompletableFuture<?>> waiting = List.of(acquire("frozen", timeout), acquire("frozen", timeout),
					this.engine
						.acquireAllAsync(Stream.of("a", "b").map((key) -> LockSpec.of(key).timeout(timeout)).toList())
						.toCompletableFuture(),
					held.call(() -> this.engine
						.acquireAsync(LockSpec.of("held").expire(Duration.ofHours(1)).timeout(timeout))
						.toCompletableFuture()));
			this.engine.close();
			assertThat(waiting).allSatisfy((one) -> assertThat(one).failsWithin(Duration.ofSeconds(5))
				.withThrowableThat()
				.withCauseInstanceOf(LockNotAcquiredException.class)
				.withMessageContaining("closing"));
		}
		finally {
			Signals.thaw(pid);
		}
	}

	@Test
	void whenTheOnlyAttemptIsAnsweredLateThenItIsAwaited() throws Exception {
		try (TcpProxy proxy = new TcpProxy(this.redis.port());
				LockEngine distant = new LockEngine(TestEngines.store(Driver.LETTUCE.connect(proxy.port())),
						TestEngines.SETTINGS)) {
			distant.acquireAsync(LockSpec.of("warm")).toCompletableFuture().join().close();
			proxy.delay(Duration.ofMillis(400));
			Lease lease = distant.acquireAsync(LockSpec.of("distant").timeout(Duration.ZERO))
				.toCompletableFuture()
				.join();
			assertThat(lease.isHeld()).isTrue();
			lease.close();
		}
	}

	@Test
	void whenManyWaitForHeldKeysThenNoThreadWaitsAndEachGetsItsTurn() throws Exception {
		LockEngine other = this.started.start();
		List<Lease> held = new ArrayList<>();
		List<CompletableFuture<String>> threads = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			held.add(other.acquire(LockSpec.of("many" + i)));
			threads.add(acquire("many" + i, Duration.ofSeconds(20)).thenApply((lease) -> {
				lease.close();
				return Thread.currentThread().getName();
			}));
		}
		TestRedis.awaitWaiters(this.redis.template(), "many199", 1);
		Awaitility.await().untilAsserted(() -> assertThat(stuck("redis-lock-caller")).isEmpty());
		held.forEach(Lease::close);
		for (CompletableFuture<String> thread : threads) {
			assertThat(thread.get(20, TimeUnit.SECONDS)).startsWith("redis-lock-callback");
		}
	}

	@Test
	void whenTheStoreAnswersThenTheEngineGoesOnOnItsOwnThreads() {
		OffloadedCommands commands = new OffloadedCommands(this.engine.parts()::background,
				this.engine.parts().threads().callers());
		String thread = commands.cancel("somewhere", new OwnerTokens("test").next())
			.thenApply((answer) -> Thread.currentThread().getName())
			.toCompletableFuture()
			.join();
		assertThat(this.engine.parts().background()).isNotSameAs(this.engine.parts().store());
		assertThat(thread).satisfiesAnyOf((name) -> assertThat(name).startsWith("redis-lock-caller"),
				(name) -> assertThat(name).isEqualTo(Thread.currentThread().getName()));
	}

	private CompletableFuture<Lease> acquire(String key, Duration timeout) {
		return this.engine.acquireAsync(LockSpec.of(key).timeout(timeout)).toCompletableFuture();
	}

	// Threads of the lock's that are inside a command.
	private static List<String> stuck(String prefix) {
		return Thread.getAllStackTraces()
			.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().getName().startsWith(prefix))
			.filter((entry) -> Arrays.stream(entry.getValue())
				.anyMatch((frame) -> frame.getClassName().startsWith(SENDING)))
			.map(Map.Entry::getKey)
			.map(Thread::getName)
			.toList();
	}

}
