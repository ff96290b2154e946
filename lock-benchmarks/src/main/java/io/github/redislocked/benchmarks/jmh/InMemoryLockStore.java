/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.jmh;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import io.github.redislocked.store.AcquireAnswer;
import io.github.redislocked.store.AcquireRequest;
import io.github.redislocked.store.LockStore;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.ReleaseAnswer;
import io.github.redislocked.store.RenewAnswer;
import io.github.redislocked.store.WakeUpListener;

/**
 * Locks in a map, which answer at once and never run out: what is left is the cost of the
 * code before the store.
 */
final class InMemoryLockStore implements LockStore {

	private static final Duration RETRY = Duration.ofMillis(1);

	private final Map<String, OwnerToken> owners = new ConcurrentHashMap<>();

	private final AtomicLong fencingTokens = new AtomicLong();

	@Override
	public CompletionStage<AcquireAnswer> acquire(AcquireRequest request) {
		OwnerToken owner = this.owners.putIfAbsent(request.key(), request.token());
		return CompletableFuture.completedFuture((owner == null || owner.equals(request.token()))
				? new AcquireAnswer.Granted(this.fencingTokens.incrementAndGet(), request.expire(), request.reserve())
				: new AcquireAnswer.Held(owner.toString(), RETRY, 0));
	}

	@Override
	public CompletionStage<RenewAnswer> renew(String key, OwnerToken token, Duration expire) {
		return CompletableFuture
			.completedFuture(token.equals(this.owners.get(key)) ? RenewAnswer.RENEWED : RenewAnswer.NOT_OWNED);
	}

	@Override
	public CompletionStage<ReleaseAnswer> release(String key, OwnerToken token) {
		return CompletableFuture
			.completedFuture(this.owners.remove(key, token) ? ReleaseAnswer.RELEASED : ReleaseAnswer.NOT_OWNED);
	}

	@Override
	public CompletionStage<ReleaseAnswer> cancel(String key, OwnerToken token) {
		return release(key, token);
	}

	@Override
	public void onWakeUp(WakeUpListener listener) {
		// Nobody is woken.
	}

	@Override
	public void close() {
		this.owners.clear();
	}

}
