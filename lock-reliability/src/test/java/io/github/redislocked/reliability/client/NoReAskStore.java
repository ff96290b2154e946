/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.client;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

import io.github.redislocked.store.AcquireAnswer;
import io.github.redislocked.store.AcquireRequest;
import io.github.redislocked.store.LockStore;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.ReleaseAnswer;
import io.github.redislocked.store.RenewAnswer;
import io.github.redislocked.store.WakeUp;
import io.github.redislocked.store.WakeUpListener;

/**
 * Our protocol for waiters who ask once, subscribe, and wait for what comes.
 */
final class NoReAskStore implements LockStore {

	private final LockStore store;

	NoReAskStore(LockStore store) {
		this.store = store;
	}

	@Override
	public CompletionStage<AcquireAnswer> acquire(AcquireRequest request) {
		return this.store.acquire(request)
			.thenApply((answer) -> (answer instanceof AcquireAnswer.Held held)
					? new AcquireAnswer.Held(held.holder(), Duration.ofHours(1), held.storeMicros()) : answer);
	}

	@Override
	public CompletionStage<RenewAnswer> renew(String key, OwnerToken token, Duration expire) {
		return this.store.renew(key, token, expire);
	}

	@Override
	public CompletionStage<ReleaseAnswer> release(String key, OwnerToken token) {
		return this.store.release(key, token);
	}

	@Override
	public CompletionStage<ReleaseAnswer> cancel(String key, OwnerToken token) {
		return this.store.cancel(key, token);
	}

	@Override
	public void onWakeUp(WakeUpListener listener) {
		this.store.onWakeUp(new WakeUpListener() {

			@Override
			public void granted(WakeUp wakeUp) {
				listener.granted(wakeUp);
			}

			@Override
			public void askAgain() {
				// The bug.
			}

		});
	}

	@Override
	public void close() {
		this.store.close();
	}

}
