/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockStoreException;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A lease that is taken once more inside its own scope, for longer, while Redis has
 * trouble.
 */
class LengthenedLeaseIntegrationTests {

	private static final Duration LONGER = Duration.ofMinutes(5);

	private final String key = "order:" + UUID.randomUUID();

	private final TroubledStore store = new TroubledStore(
			TestEngines.store(TestRedis.shared().connect(Driver.LETTUCE)));

	private final LockEngine engine = new LockEngine(this.store, TestEngines.SETTINGS);

	private final AtomicInteger renewals = new AtomicInteger();

	@AfterEach
	void close() {
		this.engine.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenFailuresPassThenLengthenedWithinTheTimeout(boolean blocking) throws Exception {
		try (Lease outer = this.engine.acquire(spec())) {
			fail(3, true);
			try (Lease inner = inside(outer, longer().timeout(Duration.ofSeconds(20)), blocking)) {
				assertThat(inner.remaining()).isGreaterThan(Duration.ofMinutes(4));
				assertThat(inner.fencingToken()).isEqualTo(outer.fencingToken());
			}
			assertThat(outer.isHeld()).isTrue();
			assertThat(this.renewals).hasValue(4);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenFailuresDoNotPassInTimeThenRefusedAfterTheTimeoutAndTheOuterLeaseStays(boolean blocking) throws Exception {
		try (Lease outer = this.engine.acquire(spec())) {
			fail(Integer.MAX_VALUE, true);
			long start = System.nanoTime();
			assertThatExceptionOfType(LockStoreException.class)
				.isThrownBy(() -> inside(outer, longer().timeout(Duration.ofMillis(500)), blocking));
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(450));
			assertThat(this.renewals.get()).isGreaterThan(1);
			assertThat(outer.isHeld()).isTrue();
			assertThat(((HeldLease) outer).lock().isShared()).isFalse();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenAFailureIsForGoodThenRefusedAtOnce(boolean blocking) throws Exception {
		try (Lease outer = this.engine.acquire(spec())) {
			fail(Integer.MAX_VALUE, false);
			assertThatExceptionOfType(LockStoreException.class)
				.isThrownBy(() -> inside(outer, longer().timeout(Duration.ofMinutes(1)), blocking));
			assertThat(this.renewals).hasValue(1);
			assertThat(outer.isHeld()).isTrue();
		}
	}

	@Test
	void whenInterruptedMeanwhileThenTheWaitEndsAndTheOuterLeaseStays() throws Exception {
		try (Lease outer = this.engine.acquire(spec())) {
			fail(Integer.MAX_VALUE, true);
			CompletableFuture<Throwable> end = new CompletableFuture<>();
			Thread caller = new Thread(() -> {
				try {
					inside(outer, longer().timeout(Duration.ofMinutes(1)), true);
				}
				catch (Throwable ex) {
					end.complete(ex);
				}
			});
			caller.start();
			Awaitility.await().until(() -> this.renewals.get() > 1);
			caller.interrupt();
			assertThat(end).succeedsWithin(Duration.ofSeconds(10)).isInstanceOf(InterruptedException.class);
			assertThat(outer.isHeld()).isTrue();
			assertThat(((HeldLease) outer).lock().isShared()).isFalse();
		}
	}

	@Test
	void whenCancelledMeanwhileThenTheWaitEndsAndTheOuterLeaseStays() throws Exception {
		try (Lease outer = this.engine.acquire(spec())) {
			fail(Integer.MAX_VALUE, true);
			CompletableFuture<Lease> inner = outer
				.call(() -> this.engine.acquireAsync(longer().timeout(Duration.ofMinutes(1))))
				.toCompletableFuture();
			Awaitility.await().until(() -> this.renewals.get() > 1);
			assertThat(inner.cancel(false)).isTrue();
			Awaitility.await().until(() -> !((HeldLease) outer).lock().isShared());
			int sent = this.renewals.get();
			Awaitility.await().during(Duration.ofMillis(400)).until(() -> this.renewals.get() <= sent + 1);
		}
	}

	private Lease inside(Lease outer, LockSpec spec, boolean blocking) throws Exception {
		if (blocking) {
			return outer.call(() -> this.engine.acquire(spec));
		}
		try {
			return outer.call(() -> this.engine.acquireAsync(spec)).toCompletableFuture().join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof Exception cause) ? cause : ex;
		}
	}

	private void fail(int times, boolean passing) {
		this.store.onRenewal((renewed, token) -> {
			if (this.renewals.getAndIncrement() < times) {
				throw passing ? TroubledStore.passing(renewed)
						: new LockStoreException(renewed, "a failure for good", false, null);
			}
		});
	}

	private LockSpec spec() {
		return LockSpec.of(this.key);
	}

	private LockSpec longer() {
		return spec().expire(LONGER);
	}

}
