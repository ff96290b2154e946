/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;

import io.github.redislocked.store.LockInspection;
import io.github.redislocked.store.WakeUpListener;

import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * The protocol {@code getset}: excludes, and is excluded by, clients of the older
 * {@code SETNX}, {@code GET}, {@code GETSET}, {@code DEL} algorithm on the same Redis
 * keys. It sends no wake-ups, since a foreign {@code DEL} sends none: waiters ask again
 * every 100 ms.
 *
 * @since 0.1.0
 */
public final class GetSetLockStore extends ScriptedLockStore {

	private final GetSetKeys keys;

	private final Duration fenceRetention;

	/**
	 * Creates a store.
	 * @param connectionFactory the application's connections
	 * @param keyPrefix beginning of every lock's Redis key; empty to share keys with
	 * clients that know no prefix
	 * @param fenceRetention how long a key's last fencing token is kept after use
	 */
	public GetSetLockStore(RedisConnectionFactory connectionFactory, String keyPrefix, Duration fenceRetention) {
		this(connectionFactory, keyPrefix, fenceRetention, 0);
	}

	/**
	 * Creates a store whose grants are confirmed by replicas.
	 * @param connectionFactory the application's connections
	 * @param keyPrefix beginning of every lock's Redis key; empty to share keys with
	 * clients that know no prefix
	 * @param fenceRetention how long a key's last fencing token is kept after use
	 * @param replicas how many replicas must have a grant before anybody enters; zero
	 * costs nothing
	 */
	public GetSetLockStore(RedisConnectionFactory connectionFactory, String keyPrefix, Duration fenceRetention,
			int replicas) {
		this(connectionFactory, new RedisServers(connectionFactory), new GetSetKeys(keyPrefix), fenceRetention,
				new Replicas(connectionFactory, replicas));
	}

	private GetSetLockStore(RedisConnectionFactory connectionFactory, RedisServers servers, GetSetKeys keys,
			Duration fenceRetention, Replicas replicas) {
		super(connectionFactory, servers, replicas,
				(scripts) -> new GetSetCommands(scripts, servers, keys, fenceRetention));
		this.keys = keys;
		this.fenceRetention = fenceRetention;
	}

	@Override
	String redisKey(String key) {
		return this.keys.of(key).get(0);
	}

	@Override
	LockInspection inspection(Scripts blocking) {
		return new GetSetInspection(blocking, this.keys, this.fenceRetention);
	}

	@Override
	public void onWakeUp(WakeUpListener listener) {
		// There are none.
	}

}
