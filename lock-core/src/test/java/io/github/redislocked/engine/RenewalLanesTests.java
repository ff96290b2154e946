/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;

import io.github.redislocked.LockStoreException;
import io.github.redislocked.store.AcquireAnswer;
import io.github.redislocked.store.AcquireRequest;
import io.github.redislocked.store.LockStore;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.ReleaseAnswer;
import io.github.redislocked.store.RenewAnswer;
import io.github.redislocked.store.RenewRequest;
import io.github.redislocked.store.RenewalLane;
import io.github.redislocked.store.WakeUpListener;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which renewals go out together, and which wait for which.
 */
class RenewalLanesTests {

	private final EngineThreads threads = new EngineThreads();

	private final Store store = new Store();

	private final RenewalLanes lanes = new RenewalLanes(this.store, this.threads, System::nanoTime);

	private final List<String> renewed = Collections.synchronizedList(new ArrayList<>());

	private final List<Throwable> failed = Collections.synchronizedList(new ArrayList<>());

	@AfterEach
	void stop() {
		this.store.stall.countDown();
		this.threads.close();
	}

	@Test
	void whenManyAreDueThenThoseThatWaitedGoOutTogether() {
		this.store.stalled = "a:1";
		submit("a:1");
		Awaitility.await().until(() -> this.store.batches.size() == 1);
		for (int i = 2; i <= 7; i++) {
			submit("a:" + i);
		}
		this.store.stall.countDown();
		Awaitility.await().until(() -> this.renewed.size() == 7);
		assertThat(this.store.batches).contains(List.of("a:1"), List.of("a:2", "a:3", "a:4", "a:5"),
				List.of("a:6", "a:7"));
	}

	@Test
	void whenAServerDoesNotAnswerThenOthersAreNotDelayed() {
		this.store.stalled = "a:";
		for (int i = 0; i < 100; i++) {
			submit("a:" + i);
			submit("b:" + i);
		}
		Awaitility.await().until(() -> this.renewed.size() == 100);
		assertThat(this.renewed).allMatch((key) -> key.startsWith("b:"));
		this.store.stall.countDown();
		Awaitility.await().until(() -> this.renewed.size() == 200);
	}

	@Test
	void whenOneBatchStallsThenTheNextOvertakesIt() {
		this.store.stalled = "a:1";
		submit("a:1");
		Awaitility.await().until(() -> this.store.batches.size() == 1);
		submit("a:2");
		Awaitility.await().until(() -> this.renewed.contains("a:2"));
		assertThat(this.renewed).doesNotContain("a:1");
	}

	@Test
	void whenTheStoreThrowsThenEachIsToldAndTheLaneGoesOn() {
		this.store.broken = true;
		submit("a:1");
		submit("a:2");
		Awaitility.await().until(() -> this.failed.size() == 2);
		this.store.broken = false;
		submit("a:3");
		Awaitility.await().until(() -> this.renewed.contains("a:3"));
	}

	@Test
	void whenNothingIsToBeRenewedAnyLongerThenNothingIsSent() {
		this.lanes.submit(new Due("a:1", false));
		submit("a:2");
		Awaitility.await().until(() -> this.renewed.contains("a:2"));
		assertThat(this.store.batches).containsExactly(List.of("a:2"));
	}

	private void submit(String key) {
		this.lanes.submit(new Due(key, true));
	}

	private final class Due implements DueRenewal {

		private final String key;

		private final boolean wanted;

		Due(String key, boolean wanted) {
			this.key = key;
			this.wanted = wanted;
		}

		@Override
		public String key() {
			return this.key;
		}

		@Override
		public @Nullable RenewRequest request(long sentAt) {
			return this.wanted ? new RenewRequest(this.key, new OwnerToken("p", 1), Duration.ofSeconds(1)) : null;
		}

		@Override
		public void done(long sentAt, RenewRequest request, @Nullable RenewAnswer answer, @Nullable Throwable failure) {
			if (failure != null) {
				RenewalLanesTests.this.failed.add(failure);
			}
			else {
				RenewalLanesTests.this.renewed.add(request.key());
			}
		}

	}

	private static final class Store implements LockStore {

		private final List<List<String>> batches = Collections.synchronizedList(new ArrayList<>());

		private final CountDownLatch stall = new CountDownLatch(1);

		private volatile String stalled = "none";

		private volatile boolean broken;

		@Override
		public RenewalLane lane(String key) {
			return new RenewalLane(key.substring(0, 1), 4);
		}

		@Override
		public List<CompletionStage<RenewAnswer>> renewAll(List<RenewRequest> requests) {
			if (this.broken) {
				throw new LockStoreException("a", "broken", true, null);
			}
			this.batches.add(requests.stream().map(RenewRequest::key).toList());
			return LockStore.super.renewAll(requests);
		}

		@Override
		public CompletionStage<RenewAnswer> renew(String key, OwnerToken token, Duration expire) {
			if (key.startsWith(this.stalled)) {
				try {
					this.stall.await();
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			}
			return CompletableFuture.completedStage(RenewAnswer.RENEWED);
		}

		@Override
		public CompletionStage<AcquireAnswer> acquire(AcquireRequest request) {
			throw new UnsupportedOperationException();
		}

		@Override
		public CompletionStage<ReleaseAnswer> release(String key, OwnerToken token) {
			throw new UnsupportedOperationException();
		}

		@Override
		public CompletionStage<ReleaseAnswer> cancel(String key, OwnerToken token) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void onWakeUp(WakeUpListener listener) {
		}

		@Override
		public void close() {
		}

	}

}
