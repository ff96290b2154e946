/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.Lease;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockObserver;
import io.github.redislocked.LockSpec;
import io.github.redislocked.Renewal;
import io.github.redislocked.store.LockStore;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.RecordedObserver;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What observers see of callers and of the locks that they hold.
 */
class LockObserverIntegrationTests {

	private final StringRedisTemplate redis = TestRedis.shared().template();

	private final String key = "observed:" + UUID.randomUUID();

	private final Deque<LockEngine> engines = new ArrayDeque<>();

	private final RecordedObserver observer = new RecordedObserver();

	private final TroubledStore store = new TroubledStore(store());

	private final LockEngine engine = engine(this.store, TestEngines.passing(16), this.observer);

	@AfterEach
	void close() {
		this.engines.forEach(LockEngine::close);
	}

	@Test
	void whenAFreeLockIsAcquiredAndReleasedThenSeen() throws Exception {
		this.engine.acquire(spec("blocking")).close();
		this.engine.acquireAsync(spec("async")).toCompletableFuture().join().closeAsync().toCompletableFuture().join();
		AsyncCaller.leave((HeldLease) this.engine.acquire(spec("unused")));
		assertThat(this.observer.seen()).containsExactly("begin blocking", "FREE blocking", "released blocking",
				"begin async", "FREE async", "released async", "begin unused", "FREE unused", "released unused");
		assertThat(this.observer.askers()).containsOnly(Thread.currentThread());
	}

	@Test
	void whenTheLockIsSharedThenItIsHeldOnce() throws Exception {
		this.engine.execute(spec("outer"), () -> {
			this.engine.acquire(spec("inner")).close();
			return this.engine.acquireAsync(spec("async")).toCompletableFuture().join().closeAsync();
		});
		assertThat(this.observer.seen()).containsExactly("begin outer", "FREE outer", "begin inner", "shared inner",
				"begin async", "shared async", "released outer");
	}

	@Test
	void whenTheLockIsNotAcquiredThenTheReasonIsSeen() throws Exception {
		Lease other = engine(store(), TestEngines.SETTINGS).acquire(spec("other"));
		LockSpec once = spec("once").timeout(Duration.ZERO);
		assertThatExceptionOfType(LockNotAcquiredException.class).isThrownBy(() -> this.engine.acquire(once));
		assertThat(this.engine.tryAcquire(once)).isEmpty();
		assertThat(this.observer.refusals()).isEqualTo(2);
		CompletableFuture<Lease> future = this.engine.acquireAsync(spec("cancelled")).toCompletableFuture();
		future.cancel(true);
		Awaitility.await().until(() -> this.observer.seen().size() == 6);
		FutureTask<Lease> interrupted = new FutureTask<>(() -> this.engine.acquire(spec("interrupted")));
		Thread caller = new Thread(interrupted);
		caller.start();
		TestRedis.awaitWaiters(this.redis, this.key, 1);
		caller.interrupt();
		Awaitility.await().until(() -> this.observer.seen().size() == 8);
		CompletionStage<Lease> left = this.engine.acquireAsync(spec("left"));
		this.engine.close();
		assertThat(left.toCompletableFuture()).failsWithin(Duration.ofSeconds(5));
		other.close();
		assertThat(this.observer.seen()).containsExactly("begin once", "TIMEOUT by LockNotAcquiredException once",
				"begin once", "TIMEOUT by LockNotAcquiredException once", "begin cancelled",
				"CANCELLED by LockNotAcquiredException cancelled", "begin interrupted",
				"CANCELLED by InterruptedException interrupted", "begin left",
				"CANCELLED by LockNotAcquiredException left");
	}

	@Test
	void whenRedisRefusesThenThatIsSeenAsAFailure() {
		this.redis.opsForList().leftPush("redis-lock:{" + this.key + "}", "no lock");
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> this.engine.acquire(spec("broken")));
		this.redis.delete("redis-lock:{" + this.key + "}");
		assertThat(this.observer.seen()).containsExactly("begin broken", "FAILURE by LockStoreException broken");
		assertThat(this.observer.troubles()).isOne();
	}

	@Test
	void whenTheLockIsPassedOnThenItsOriginIsSeen() throws Exception {
		Lease first = this.engine.acquire(spec("first"));
		CompletionStage<Lease> second = this.engine.acquireAsync(spec("second"));
		first.close();
		second.toCompletableFuture().join().close();
		assertThat(this.observer.seen()).containsExactly("begin first", "FREE first", "begin second", "released first",
				"LOCAL second", "released second");
	}

	@Test
	void whenTheLockIsHandedOverThenItsOriginIsSeen() {
		LockEngine other = engine(store(), TestEngines.SETTINGS);
		// The news of a hand-over may not arrive, or too late.
		Awaitility.await().until(() -> {
			Lease first = other.acquire(spec("first"));
			CompletionStage<Lease> second = this.engine.acquireAsync(spec("second"));
			TestRedis.awaitWaiters(this.redis, this.key, 1);
			first.close();
			second.toCompletableFuture().join().close();
			return this.observer.seen().contains("REMOTE second");
		});
	}

	@Test
	void whenTheLockIsPassedOnByACommandThenItsOriginIsSeen() throws Exception {
		LockEngine asking = engine(store(), TestEngines.passing(0), this.observer);
		Lease first = asking.acquire(spec("first"));
		CompletionStage<Lease> second = asking.acquireAsync(spec("second"));
		first.close();
		second.toCompletableFuture().join().close();
		assertThat(this.observer.seen()).contains("LOCAL second");
	}

	@Test
	void whenSeveralAreTakenThenEachIsSeen() throws Exception {
		LockSpec b = LockSpec.of(this.key + "b").name("b");
		Lease other = engine(store(), TestEngines.SETTINGS).acquire(b);
		LockSpec a = LockSpec.of(this.key + "a").name("a").timeout(Duration.ofMillis(200));
		assertThatExceptionOfType(LockNotAcquiredException.class)
			.isThrownBy(() -> this.engine.acquireAll(List.of(b, a)));
		other.close();
		assertThat(this.observer.seen()).containsExactly("begin a", "FREE a", "begin b",
				"TIMEOUT by LockNotAcquiredException b", "released a");
	}

	@Test
	void whenTheLeaseIsRenewedThenOutcomesAreSeenUntilItIsLost() throws Exception {
		this.store.onRenewal((renewed, token) -> {
			throw TroubledStore.passing(renewed);
		});
		Lease lease = this.engine.acquire(spec("renewed").expire(Duration.ofSeconds(5)).renew(Renewal.ALWAYS));
		Awaitility.await().until(() -> this.observer.seen().contains("renewal FAILED renewed"));
		this.store.onRenewal((renewed, token) -> {
		});
		Awaitility.await().until(() -> this.observer.seen().contains("renewal RENEWED renewed"));
		lease.renew(Duration.ofSeconds(5));
		this.redis.delete("redis-lock:{" + this.key + "}");
		assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> lease.renew(Duration.ofSeconds(9)));
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close);
		List<String> seen = this.observer.seen();
		assertThat(seen).endsWith("renewal LOST renewed", "lost WHILE_HELD renewed");
		assertThat(seen).doesNotContain("released renewed");
	}

	@Test
	void whenARenewalCrossesWithTheReleaseThenNoLossIsSeen() throws Exception {
		CountDownLatch sent = new CountDownLatch(1);
		CompletableFuture<Void> released = new CompletableFuture<>();
		this.store.onRenewal((renewed, token) -> {
			sent.countDown();
			released.join();
		});
		Lease lease = this.engine.acquire(spec("crossing"));
		CompletableFuture<Void> renewal = CompletableFuture.runAsync(() -> lease.renew(Duration.ofSeconds(9)));
		sent.await();
		lease.close();
		released.complete(null);
		renewal.exceptionally((failure) -> null).get(20, TimeUnit.SECONDS);
		assertThat(this.observer.seen()).containsExactly("begin crossing", "FREE crossing", "released crossing");
	}

	@Test
	void whenOnlyTheReleaseFindsTheLossThenItComesAfterTheEnd() throws Exception {
		Lease lease = this.engine.acquire(spec("late"));
		this.redis.delete("redis-lock:{" + this.key + "}");
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close);
		assertThat(this.observer.seen()).endsWith("released late", "lost BY_RELEASE late");
	}

	@Test
	void whenTheEngineIsClosedThenTheLocksItHeldAreLost() throws Exception {
		Lease lease = this.engine.acquire(spec("evicted"));
		this.engine.close();
		AsyncCaller.leave((HeldLease) lease);
		assertThat(this.observer.seen()).endsWith("FREE evicted", "lost WHILE_HELD evicted");
	}

	@Test
	void whenAnObserverThrowsThenLocksGoOnAndAnotherSees() throws Exception {
		RecordedObserver sound = new RecordedObserver();
		LockObserver broken = (broke, name) -> {
			throw new IllegalStateException("broken observer");
		};
		LockEngine troubled = engine(store(), TestEngines.SETTINGS, broken, sound);
		troubled.acquire(spec("troubled")).close();
		assertThat(sound.seen()).containsExactly("begin troubled", "FREE troubled", "released troubled");
	}

	private LockSpec spec(String name) {
		return LockSpec.of(this.key).name(name).timeout(Duration.ofSeconds(20));
	}

	private static LockStore store() {
		return TestEngines.store(TestRedis.shared().connect(Driver.LETTUCE));
	}

	private LockEngine engine(LockStore locks, LockEngineSettings settings, LockObserver... observers) {
		LockEngine made = TestEngines.observed(locks, settings, observers);
		this.engines.push(made);
		return made;
	}

}
