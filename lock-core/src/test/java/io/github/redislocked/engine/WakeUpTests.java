/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import io.github.redislocked.Lease;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockStoreException;
import io.github.redislocked.store.AcquireAnswer;
import io.github.redislocked.store.AcquireRequest;
import io.github.redislocked.store.LockStore;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.ReleaseAnswer;
import io.github.redislocked.store.RenewAnswer;
import io.github.redislocked.store.WakeUp;
import io.github.redislocked.store.WakeUpListener;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a wake-up may be believed, on a store and a clock that do as they are told.
 */
class WakeUpTests {

	private static final long STORE_MICROS = 1_800_000_000_000_000L;

	private static final AcquireAnswer HELD = new AcquireAnswer.Held("other:1:1", Duration.ofSeconds(1), STORE_MICROS);

	private static final AcquireAnswer GRANTED = new AcquireAnswer.Granted(99, Duration.ofSeconds(30), 0);

	private final AtomicLong clock = new AtomicLong();

	private final Store store = new Store();

	private final LockEngine engine = new LockEngine(Parts.of(this.store, TestEngines.SETTINGS, this::now, List::of));

	private volatile long stepNanos;

	private volatile boolean over;

	@AfterEach
	void stop() {
		this.over = true;
		this.engine.close();
	}

	@Test
	void whenTheWakeUpIsFreshThenInsideWithoutAQuestion() throws Exception {
		this.store.answers.add((request) -> {
			this.store.wakeUp(request, 100);
			return CompletableFuture.completedStage(HELD);
		});
		Lease lease = acquire();
		assertThat(lease.fencingToken()).isEqualTo(7);
		assertThat(this.store.asked).hasSize(1);
		// The grant came 100 ms after the answer, whose command was sent at zero.
		assertThat(lease.remaining()).isEqualTo(Duration.ofMillis(990));
		this.clock.set(TimeUnit.MILLISECONDS.toNanos(989));
		assertThat(lease.isHeld()).isTrue();
	}

	@Test
	void whenTheGrantIsOlderThanTheAnswerThenItsClaimIsShorter() throws Exception {
		this.store.answers.add((request) -> {
			this.store.wakeUp(request, -400);
			return CompletableFuture.completedStage(HELD);
		});
		assertThat(acquire().remaining()).isEqualTo(Duration.ofMillis(594));
	}

	@Test
	void whenTheProcessWasFrozenThenAsksAgain() throws Exception {
		this.store.answers.add((request) -> {
			this.store.wakeUp(request, 100);
			this.clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(1100));
			return CompletableFuture.completedStage(HELD);
		});
		this.store.answers.add((request) -> CompletableFuture.completedStage(GRANTED));
		assertThat(acquire().fencingToken()).isEqualTo(99);
		assertThat(this.store.asked).hasSize(2);
	}

	@Test
	void whenNoCommandWasAnsweredThenAsksAgain() throws Exception {
		// Nobody knows how long ago the grant was: the process may have been frozen.
		this.store.answers.add((request) -> {
			this.store.wakeUp(request, 0);
			this.clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(1500));
			return CompletableFuture
				.failedStage(new LockStoreException(request.key(), "it did not answer in time", true, null));
		});
		this.store.answers.add((request) -> CompletableFuture.completedStage(GRANTED));
		assertThat(acquire().fencingToken()).isEqualTo(99);
		assertThat(this.store.asked).hasSize(2);
	}

	@Test
	void whenTheLeaseRunsOutOnItsWayThenNotAcquired() throws Exception {
		for (int step = 50; step < 1_000; step += 50) {
			this.stepNanos = step * 1_000;
			this.store.answers.clear();
			this.store.answers.add((request) -> CompletableFuture
				.completedStage(new AcquireAnswer.Granted(99, Duration.ofMillis(1), 0)));
			try {
				closeOrLose(this.engine.acquire(LockSpec.of("k").timeout(Duration.ZERO).expire(Duration.ofMillis(1))));
			}
			catch (LockNotAcquiredException ex) {
				assertThat(ex.key()).isEqualTo("k");
			}
			Awaitility.await().until(() -> this.engine.parts().queues().size() == 0);
		}
	}

	@Test
	void whenTheWakeUpIsForATokenThatNobodyUsesThenGivenBack() {
		WakeUp stray = new WakeUp("k", new OwnerToken("test:1", 5), 7, STORE_MICROS, Duration.ofSeconds(1));
		this.store.listener().granted(stray);
		Awaitility.await().until(() -> this.store.cancelled.contains(stray.token()));
	}

	private static void closeOrLose(Lease lease) {
		try {
			lease.close();
		}
		catch (LockLostException ex) {
			assertThat(lease.isHeld()).isFalse();
		}
	}

	// Closing the engine takes its time.
	private long now() {
		return this.over ? System.nanoTime() : this.clock.getAndAdd(this.stepNanos);
	}

	private Lease acquire() throws InterruptedException {
		return this.engine.acquire(LockSpec.of("k").timeout(Duration.ofSeconds(10)).expire(Duration.ofSeconds(30)));
	}

	private static final class Store implements LockStore {

		private final Queue<Function<AcquireRequest, CompletionStage<AcquireAnswer>>> answers = new ArrayDeque<>();

		private final List<OwnerToken> asked = new ArrayList<>();

		private final List<OwnerToken> cancelled = Collections.synchronizedList(new ArrayList<>());

		private @Nullable WakeUpListener listener;

		void wakeUp(AcquireRequest request, long laterMillis) {
			listener().granted(new WakeUp(request.key(), request.token(), 7, STORE_MICROS + laterMillis * 1000,
					Duration.ofSeconds(1)));
		}

		WakeUpListener listener() {
			assertThat(this.listener).isNotNull();
			return this.listener;
		}

		@Override
		public CompletionStage<AcquireAnswer> acquire(AcquireRequest request) {
			this.asked.add(request.token());
			return this.answers.remove().apply(request);
		}

		@Override
		public CompletionStage<RenewAnswer> renew(String key, OwnerToken token, Duration expire) {
			// An answer would lengthen a lease at whose end the test looks.
			return new CompletableFuture<>();
		}

		@Override
		public CompletionStage<ReleaseAnswer> release(String key, OwnerToken token) {
			return CompletableFuture.completedStage(ReleaseAnswer.RELEASED);
		}

		@Override
		public CompletionStage<ReleaseAnswer> cancel(String key, OwnerToken token) {
			this.cancelled.add(token);
			return CompletableFuture.completedStage(ReleaseAnswer.RELEASED);
		}

		@Override
		public void onWakeUp(WakeUpListener wakeUps) {
			this.listener = wakeUps;
		}

		@Override
		public void close() {
		}

	}

}
