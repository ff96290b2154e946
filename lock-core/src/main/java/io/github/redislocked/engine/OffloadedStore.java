/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.redislocked.store.AcquireAnswer;
import io.github.redislocked.store.AcquireRequest;
import io.github.redislocked.store.LockStore;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.ReleaseAnswer;
import io.github.redislocked.store.RenewAnswer;
import io.github.redislocked.store.WakeUpListener;

/**
 * Speaks to a blocking store on other threads, for callers that must not block.
 */
final class OffloadedStore implements LockStore {

	private final LockStore store;

	private final Executor executor;

	OffloadedStore(LockStore store, Executor executor) {
		this.store = store;
		this.executor = executor;
	}

	@Override
	public CompletionStage<AcquireAnswer> acquire(AcquireRequest request) {
		return offload(() -> this.store.acquire(request));
	}

	@Override
	public CompletionStage<RenewAnswer> renew(String key, OwnerToken token, Duration expire) {
		return offload(() -> this.store.renew(key, token, expire));
	}

	@Override
	public CompletionStage<ReleaseAnswer> release(String key, OwnerToken token) {
		return offload(() -> this.store.release(key, token));
	}

	@Override
	public CompletionStage<ReleaseAnswer> cancel(String key, OwnerToken token) {
		return offload(() -> this.store.cancel(key, token));
	}

	@Override
	public void onWakeUp(WakeUpListener listener) {
		this.store.onWakeUp(listener);
	}

	@Override
	public void close() {
		this.store.close();
	}

	private <T> CompletionStage<T> offload(Supplier<CompletionStage<T>> command) {
		return CompletableFuture.supplyAsync(command, this.executor).thenCompose(Function.identity());
	}

}
