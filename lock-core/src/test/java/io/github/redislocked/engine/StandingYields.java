/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.LockStoreException;
import io.github.redislocked.store.AcquireRequest;
import io.github.redislocked.store.LockStore;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.YieldAnswer;
import org.jspecify.annotations.Nullable;

/**
 * A store whose next yield stands still on demand: before it is sent, or when it has been
 * carried out and its answer is on its way.
 */
final class StandingYields extends StoreDecorator {

	private volatile @Nullable Stop stop;

	private volatile boolean failing;

	StandingYields(LockStore store) {
		super(store);
	}

	/**
	 * Stops the next yield.
	 * @param afterwards whether it is carried out first
	 * @return where it stops
	 */
	Stop stopNext(boolean afterwards) {
		Stop next = new Stop(afterwards, new CountDownLatch(1), new CountDownLatch(1));
		this.stop = next;
		return next;
	}

	/**
	 * Lets the next yield fail before it is sent, as by an interrupt.
	 */
	void failNext() {
		this.failing = true;
	}

	@Override
	public CompletionStage<YieldAnswer> yield(OwnerToken former, AcquireRequest request, boolean ahead) {
		if (this.failing) {
			this.failing = false;
			return CompletableFuture
				.failedFuture(new LockStoreException(request.key(), "the thread was interrupted", true, null));
		}
		Stop here = this.stop;
		this.stop = null;
		if (here != null && !here.afterwards()) {
			here.stand();
		}
		CompletionStage<YieldAnswer> answer = store().yield(former, request, ahead);
		if (here != null && here.afterwards()) {
			here.stand();
		}
		return answer;
	}

	/**
	 * Where a yield stands still.
	 *
	 * @param afterwards whether it is carried out first
	 * @param reached whether it is there
	 * @param open whether it may go on
	 */
	record Stop(boolean afterwards, CountDownLatch reached, CountDownLatch open) {

		private void stand() {
			this.reached.countDown();
			await(this.open);
		}

		void awaitReached() {
			await(this.reached);
		}

		void goOn() {
			this.open.countDown();
		}

		private static void await(CountDownLatch latch) {
			try {
				if (!latch.await(20, TimeUnit.SECONDS)) {
					throw new IllegalStateException("Nothing came");
				}
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
