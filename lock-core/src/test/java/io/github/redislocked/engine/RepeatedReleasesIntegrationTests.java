/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.github.redislocked.Lease;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.Renewal;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.RecordedLog;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Releases that fail at first and are repeated in the background: what their late answers
 * mean, and whom they hold up.
 */
class RepeatedReleasesIntegrationTests {

	private final StringRedisTemplate redis = TestRedis.shared().template();

	private final String key = "order:" + UUID.randomUUID();

	private final String lock = "redis-lock:{" + this.key + "}";

	private final TroubledStore store = new TroubledStore(TestEngines.store(TestRedis.shared().connect(Driver.JEDIS)));

	private final LockEngine engine = new LockEngine(this.store, TestEngines.SETTINGS);

	private final RecordedLog log = new RecordedLog(LockNotices.class.getName());

	private final AtomicInteger releases = new AtomicInteger();

	@AfterEach
	void close() {
		this.log.close();
		this.engine.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenTheRepetitionFindsTheLockLostThenError(boolean blocking) throws Exception {
		Lease lease = this.engine.acquire(spec());
		failOnce();
		this.redis.delete(this.lock);
		close(lease, blocking);
		awaitClosed();
		assertThat(this.log.errors()).singleElement().asString().contains("exclusive").doesNotContain(this.key);
		assertThat(this.log.warnings()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenTheRepetitionFindsItReleasedThenNoError(boolean blocking) throws Exception {
		Lease lease = this.engine.acquire(spec());
		this.store.onRelease((released, token) -> {
			if (this.releases.getAndIncrement() == 0) {
				this.store.untroubled().release(released, token).toCompletableFuture().join();
				throw TroubledStore.passing(released);
			}
		});
		close(lease, blocking);
		awaitClosed();
		assertThat(this.log.errors()).isEmpty();
		assertThat(this.log.warnings()).isEmpty();
	}

	@Test
	void whenTheLeaseHasRunOutMeanwhileThenAWarningSaysSo() throws Exception {
		Lease lease = this.engine.acquire(spec().expire(Duration.ofMillis(300)).renew(Renewal.NEVER));
		this.store.onRelease((released, token) -> {
			if (this.releases.getAndIncrement() == 0) {
				throw TroubledStore.passing(released);
			}
			Awaitility.await().until(() -> !this.redis.hasKey(this.lock));
		});
		close(lease, true);
		awaitClosed();
		assertThat(this.log.errors()).isEmpty();
		assertThat(this.log.warnings()).singleElement().asString().contains("run out").contains("exclusive");
	}

	@Test
	void whenTheLossHasBeenToldThenNoErrorFollows() throws Exception {
		Lease lease = this.engine.acquire(spec());
		this.redis.delete(this.lock);
		assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> lease.renew(Duration.ofMinutes(1)));
		failOnce();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close);
		awaitClosed();
		assertThat(this.log.errors()).isEmpty();
		assertThat(this.log.warnings()).singleElement().asString().contains("lost");
	}

	@Test
	void whenNobodyWorkedUnderTheLeaseThenNoErrorFollows() throws Exception {
		failOnce();
		HeldLease lease = (HeldLease) this.engine.acquire(spec());
		this.redis.delete(this.lock);
		AsyncCaller.leave(lease);
		awaitClosed();
		assertThat(this.log.errors()).isEmpty();
	}

	@Test
	void whenManyReleasesAreRepeatedThenFirstOnesAreNotHeldUp() throws Exception {
		List<Lease> dead = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			dead.add(this.engine.acquire(LockSpec.of(this.key + ":dead" + i)));
		}
		List<Lease> alive = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			alive.add(this.engine.acquire(LockSpec.of(this.key + ":alive" + i)));
		}
		CountDownLatch outage = new CountDownLatch(1);
		Set<String> failed = ConcurrentHashMap.newKeySet();
		this.store.onRelease(untilOver(outage, failed));
		try {
			all(dead, (lease) -> assertThat(lease).succeedsWithin(Duration.ofSeconds(10)));
			// All have failed once, and as many repetitions as may be are under way.
			Awaitility.await().until(() -> this.releases.get() > 0 && failed.size() == dead.size());
			all(alive, (lease) -> assertThat(lease).succeedsWithin(Duration.ofSeconds(10)));
		}
		finally {
			outage.countDown();
		}
		awaitClosed();
		assertThat(this.redis.keys("redis-lock:{" + this.key + "*")).allMatch((name) -> name.endsWith(":fence"));
	}

	// Each fails at once at first, and then gets no answer, as of a server that is dead.
	private BiConsumer<String, OwnerToken> untilOver(CountDownLatch outage, Set<String> failed) {
		return (released, token) -> {
			if (!released.contains(":dead") || outage.getCount() == 0) {
				return;
			}
			if (!failed.add(released)) {
				this.releases.incrementAndGet();
				await(outage);
			}
			throw TroubledStore.passing(released);
		};
	}

	private static void all(List<Lease> leases, Consumer<CompletableFuture<Void>> check) {
		leases.stream().map((lease) -> lease.closeAsync().toCompletableFuture()).toList().forEach(check);
	}

	private static void await(CountDownLatch outage) {
		try {
			if (!outage.await(60, TimeUnit.SECONDS)) {
				throw new IllegalStateException("The test forgot to end the outage");
			}
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void failOnce() {
		this.store.onRelease((released, token) -> {
			if (this.releases.getAndIncrement() == 0) {
				throw TroubledStore.passing(released);
			}
		});
	}

	private static void close(Lease lease, boolean blocking) {
		if (blocking) {
			lease.close();
		}
		else {
			assertThat(lease.closeAsync()).succeedsWithin(Duration.ofSeconds(10));
		}
	}

	private void awaitClosed() {
		Awaitility.await().until(() -> this.engine.parts().closings().isIdle());
		assertThat(this.releases.get()).isGreaterThan(1);
		assertThat(this.engine.parts().queues().size()).isZero();
	}

	private LockSpec spec() {
		return LockSpec.of(this.key);
	}

}
