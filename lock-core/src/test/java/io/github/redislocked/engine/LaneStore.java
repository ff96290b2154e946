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
import org.jspecify.annotations.Nullable;

/**
 * A store of which lanes are known by the first letter of a key. It notes what it is
 * asked to renew, and may stall.
 */
final class LaneStore implements LockStore {

	final List<List<String>> batches = Collections.synchronizedList(new ArrayList<>());

	final CountDownLatch stall = new CountDownLatch(1);

	volatile String stalled = "none";

	volatile boolean broken;

	/**
	 * What a batch is answered, if not by itself.
	 */
	volatile @Nullable List<CompletionStage<RenewAnswer>> answers;

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
		List<CompletionStage<RenewAnswer>> given = this.answers;
		List<CompletionStage<RenewAnswer>> own = LockStore.super.renewAll(requests);
		return (given != null) ? given : own;
	}

	int asked() {
		return this.batches.stream().mapToInt(List::size).sum();
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
