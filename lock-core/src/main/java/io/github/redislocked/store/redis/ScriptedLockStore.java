/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import io.github.redislocked.store.AcquireAnswer;
import io.github.redislocked.store.AcquireRequest;
import io.github.redislocked.store.ConfirmAnswer;
import io.github.redislocked.store.LockCommands;
import io.github.redislocked.store.LockInspection;
import io.github.redislocked.store.LockStore;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.ReleaseAnswer;
import io.github.redislocked.store.RenewAnswer;
import io.github.redislocked.store.RenewRequest;
import io.github.redislocked.store.RenewalLane;
import io.github.redislocked.store.YieldAnswer;

import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * What the stores have in common whose protocol consists of scripts.
 */
abstract class ScriptedLockStore implements LockStore {

	private final Scripts scripts;

	private final ScriptedCommands blocking;

	private final LockCommands nonBlocking;

	private final RedisServers servers;

	private final ScriptPipeline pipeline;

	private final Replicas replicas;

	ScriptedLockStore(RedisConnectionFactory connectionFactory, RedisServers servers, Replicas replicas,
			Function<Scripts, ScriptedCommands> commands) {
		this.scripts = new Scripts(connectionFactory, replicas);
		LettuceRuns lettuce = new LettuceRuns(connectionFactory);
		this.blocking = commands.apply(this.scripts);
		this.nonBlocking = commands.apply(new Scripts(lettuce, replicas));
		this.replicas = replicas;
		this.servers = servers;
		this.pipeline = new ScriptPipeline(connectionFactory, servers, this.scripts, lettuce);
	}

	/**
	 * Names a lock in Redis.
	 * @param key what is locked, as the user names it
	 * @return the Redis key
	 */
	abstract String redisKey(String key);

	/**
	 * Makes the inspection of these locks.
	 * @param blocking runs scripts by the calling thread
	 * @return the inspection
	 */
	abstract LockInspection inspection(Scripts blocking);

	@Override
	public final Optional<LockInspection> inspection() {
		return Optional.of(inspection(this.scripts));
	}

	@Override
	public final CompletionStage<AcquireAnswer> acquire(AcquireRequest request) {
		return this.blocking.acquire(request);
	}

	@Override
	public final CompletionStage<RenewAnswer> renew(String key, OwnerToken token, Duration expire) {
		return this.blocking.renew(key, token, expire);
	}

	@Override
	public final CompletionStage<ConfirmAnswer> confirm(String key, OwnerToken token, Duration expire,
			Duration patience) {
		return this.blocking.confirm(key, token, expire, patience);
	}

	@Override
	public final boolean confirms() {
		return this.replicas.areWanted();
	}

	@Override
	public final CompletionStage<ReleaseAnswer> release(String key, OwnerToken token) {
		return this.blocking.release(key, token);
	}

	@Override
	public final CompletionStage<YieldAnswer> yield(OwnerToken former, AcquireRequest request, boolean ahead) {
		return this.blocking.yield(former, request, ahead);
	}

	@Override
	public final CompletionStage<ReleaseAnswer> cancel(String key, OwnerToken token) {
		return this.blocking.cancel(key, token);
	}

	@Override
	public final List<CompletionStage<RenewAnswer>> renewAll(List<RenewRequest> requests) {
		List<ScriptCall> calls = requests.stream().map(this.blocking::renewal).toList();
		List<CompletionStage<String>> answers = this.pipeline.run(this.blocking.renewScript(), calls);
		List<CompletionStage<RenewAnswer>> renewed = new ArrayList<>(calls.size());
		for (int i = 0; i < calls.size(); i++) {
			ScriptCall call = calls.get(i);
			renewed.add(answers.get(i).thenApply((answer) -> this.blocking.renewAnswer(call, answer)));
		}
		return renewed;
	}

	@Override
	public final RenewalLane lane(String key) {
		return this.servers.lane(redisKey(key));
	}

	@Override
	public void close() {
		this.replicas.close();
	}

	@Override
	public final Optional<LockCommands> nonBlocking() {
		return this.servers.areAskedByLettuce() ? Optional.of(this.nonBlocking) : Optional.empty();
	}

}
