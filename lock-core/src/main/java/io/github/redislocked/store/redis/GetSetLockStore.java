/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import io.github.redislocked.store.AcquireAnswer;
import io.github.redislocked.store.AcquireRequest;
import io.github.redislocked.store.LockCommands;
import io.github.redislocked.store.LockStore;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.ReleaseAnswer;
import io.github.redislocked.store.RenewAnswer;
import io.github.redislocked.store.WakeUpListener;
import io.github.redislocked.store.YieldAnswer;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * The protocol {@code getset}: excludes, and is excluded by, clients of the older
 * {@code SETNX}, {@code GET}, {@code GETSET}, {@code DEL} algorithm on the same Redis
 * keys. It sends no wake-ups, since a foreign {@code DEL} sends none: waiters ask again
 * every 100 ms.
 *
 * @since 0.1.0
 */
public final class GetSetLockStore implements LockStore {

	private final LockCommands blocking;

	private final @Nullable LockCommands nonBlocking;

	/**
	 * Creates a store for callers that block; others occupy threads of the lock's.
	 * @param connectionFactory the application's connections
	 * @param keyPrefix beginning of every lock's Redis key; empty to share keys with
	 * clients that know no prefix
	 * @param fenceRetention how long a key's last fencing token is kept after use
	 */
	public GetSetLockStore(RedisConnectionFactory connectionFactory, String keyPrefix, Duration fenceRetention) {
		this(connectionFactory, keyPrefix, fenceRetention, null);
	}

	/**
	 * Creates a store.
	 * @param connectionFactory the application's connections
	 * @param keyPrefix beginning of every lock's Redis key; empty to share keys with
	 * clients that know no prefix
	 * @param fenceRetention how long a key's last fencing token is kept after use
	 * @param nonBlocking how scripts are run on the same Redis without a thread that
	 * waits, if they can be
	 */
	public GetSetLockStore(RedisConnectionFactory connectionFactory, String keyPrefix, Duration fenceRetention,
			@Nullable ScriptRunner nonBlocking) {
		GetSetKeys keys = new GetSetKeys(keyPrefix);
		this.blocking = new GetSetCommands(new Scripts(connectionFactory), keys, fenceRetention);
		this.nonBlocking = (nonBlocking != null) ? new GetSetCommands(new Scripts(nonBlocking), keys, fenceRetention)
				: null;
	}

	@Override
	public CompletionStage<AcquireAnswer> acquire(AcquireRequest request) {
		return this.blocking.acquire(request);
	}

	@Override
	public CompletionStage<RenewAnswer> renew(String key, OwnerToken token, Duration expire) {
		return this.blocking.renew(key, token, expire);
	}

	@Override
	public CompletionStage<ReleaseAnswer> release(String key, OwnerToken token) {
		return this.blocking.release(key, token);
	}

	@Override
	public CompletionStage<YieldAnswer> yield(OwnerToken former, AcquireRequest request, boolean ahead) {
		return this.blocking.yield(former, request, ahead);
	}

	@Override
	public CompletionStage<ReleaseAnswer> cancel(String key, OwnerToken token) {
		return this.blocking.cancel(key, token);
	}

	@Override
	public Optional<LockCommands> nonBlocking() {
		return Optional.ofNullable(this.nonBlocking);
	}

	@Override
	public void onWakeUp(WakeUpListener listener) {
		// There are none.
	}

	@Override
	public void close() {
		// The connections are the application's.
	}

}
