/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import io.github.redislocked.LockStoreException;
import io.github.redislocked.store.LockStore;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.ReleaseAnswer;
import io.github.redislocked.store.RenewAnswer;

/**
 * A real store, with trouble on the way to it: a command may have to wait, or may fail
 * before it gets there, by decision of the test.
 */
final class TroubledStore extends StoreDecorator {

	private static final BiConsumer<String, OwnerToken> NO_TROUBLE = (key, token) -> {
	};

	private volatile BiConsumer<String, OwnerToken> releases = NO_TROUBLE;

	private volatile BiConsumer<String, OwnerToken> renewals = NO_TROUBLE;

	TroubledStore(LockStore store) {
		super(store);
	}

	/**
	 * Decides what releases meet from now on.
	 * @param trouble may block, or throw a {@link LockStoreException}
	 */
	void onRelease(BiConsumer<String, OwnerToken> trouble) {
		this.releases = trouble;
	}

	/**
	 * Decides what renewals meet from now on.
	 * @param trouble may block, or throw a {@link LockStoreException}
	 */
	void onRenewal(BiConsumer<String, OwnerToken> trouble) {
		this.renewals = trouble;
	}

	static LockStoreException passing(String key) {
		return new LockStoreException(key, "a failure that passes", true, null);
	}

	LockStore untroubled() {
		return store();
	}

	@Override
	public CompletionStage<RenewAnswer> renew(String key, OwnerToken token, Duration expire) {
		return after(this.renewals, key, token, () -> super.renew(key, token, expire));
	}

	@Override
	public CompletionStage<ReleaseAnswer> release(String key, OwnerToken token) {
		return after(this.releases, key, token, () -> super.release(key, token));
	}

	private static <T> CompletionStage<T> after(BiConsumer<String, OwnerToken> trouble, String key, OwnerToken token,
			Supplier<CompletionStage<T>> command) {
		try {
			trouble.accept(key, token);
		}
		catch (LockStoreException ex) {
			return CompletableFuture.failedFuture(ex);
		}
		return command.get();
	}

}
