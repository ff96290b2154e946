/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import io.github.redislocked.store.AcquireAnswer;
import io.github.redislocked.store.AcquireRequest;
import io.github.redislocked.store.LockCommands;
import io.github.redislocked.store.LockStore;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.ReleaseAnswer;
import io.github.redislocked.store.RenewAnswer;
import io.github.redislocked.store.RenewRequest;
import io.github.redislocked.store.RenewalLane;
import io.github.redislocked.store.WakeUpListener;
import io.github.redislocked.store.YieldAnswer;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * The protocol {@code queue}: owner tokens, a queue of waiters in order of arrival, and
 * direct hand-off to the first of them. What it does is written in its scripts,
 * {@code queue-*.lua}.
 *
 * @since 0.1.0
 */
public final class QueueLockStore implements LockStore {

	private final QueueSite site;

	private final LockCommands blocking;

	private final @Nullable LockCommands nonBlocking;

	private final ScriptPipeline pipeline;

	/**
	 * Creates a store for callers that block; others occupy threads of the lock's.
	 * @param connectionFactory the application's connections
	 * @param keyPrefix beginning of every Redis key and channel, without braces
	 * @param fenceRetention how long a key's last fencing token is kept after use
	 * @throws IllegalArgumentException if the prefix holds braces
	 */
	public QueueLockStore(RedisConnectionFactory connectionFactory, String keyPrefix, Duration fenceRetention) {
		this(connectionFactory, keyPrefix, fenceRetention, null);
	}

	/**
	 * Creates a store.
	 * @param connectionFactory the application's connections
	 * @param keyPrefix beginning of every Redis key and channel, without braces
	 * @param fenceRetention how long a key's last fencing token is kept after use
	 * @param nonBlocking how scripts are run on the same Redis without a thread that
	 * waits, if they can be
	 * @throws IllegalArgumentException if the prefix holds braces
	 */
	public QueueLockStore(RedisConnectionFactory connectionFactory, String keyPrefix, Duration fenceRetention,
			@Nullable ScriptRunner nonBlocking) {
		Scripts scripts = new Scripts(connectionFactory);
		this.site = new QueueSite(connectionFactory, keyPrefix, fenceRetention);
		this.blocking = new QueueCommands(scripts, this.site);
		this.nonBlocking = (nonBlocking != null) ? new QueueCommands(new Scripts(nonBlocking), this.site) : null;
		this.pipeline = new ScriptPipeline(connectionFactory, scripts);
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
	public List<CompletionStage<RenewAnswer>> renewAll(List<RenewRequest> requests) {
		List<ScriptCall> calls = requests.stream()
			.map((request) -> this.site.call(request.key(), request.token(), QueueSite.millis(request.expire())))
			.toList();
		return this.pipeline.run(QueueCommands.RENEW, calls)
			.stream()
			.map((answer) -> answer.thenApply(RenewAnswer::valueOf))
			.toList();
	}

	@Override
	public RenewalLane lane(String key) {
		return this.site.lane(key);
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
		this.site.listen(listener);
	}

	@Override
	public void close() {
		this.site.close();
	}

}
