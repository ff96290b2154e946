/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

import io.github.redislocked.store.AcquireAnswer;
import io.github.redislocked.store.AcquireRequest;
import io.github.redislocked.store.ConfirmAnswer;
import io.github.redislocked.store.LockStore;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.ReleaseAnswer;
import io.github.redislocked.store.RenewAnswer;
import io.github.redislocked.store.WakeUpListener;

/**
 * A real store, and what a test puts before it. It blocks, and its yields are a release
 * and an acquire.
 */
abstract class StoreDecorator implements LockStore {

	private final LockStore store;

	StoreDecorator(LockStore store) {
		this.store = store;
	}

	final LockStore store() {
		return this.store;
	}

	@Override
	public CompletionStage<AcquireAnswer> acquire(AcquireRequest request) {
		return this.store.acquire(request);
	}

	@Override
	public CompletionStage<RenewAnswer> renew(String key, OwnerToken token, Duration expire) {
		return this.store.renew(key, token, expire);
	}

	@Override
	public boolean confirms() {
		return this.store.confirms();
	}

	@Override
	public CompletionStage<ConfirmAnswer> confirm(String key, OwnerToken token, Duration expire, Duration patience) {
		return this.store.confirm(key, token, expire, patience);
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
		this.store.onWakeUp(listener);
	}

	@Override
	public void close() {
		this.store.close();
	}

}
