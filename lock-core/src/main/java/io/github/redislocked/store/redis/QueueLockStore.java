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
 * The protocol {@code queue}: owner tokens, a queue of waiters in order of arrival, and
 * direct hand-off to the first of them. What it does is written in its scripts,
 * {@code queue-*.lua}.
 *
 * @since 0.1.0
 */
public final class QueueLockStore extends ScriptedLockStore {

	private final QueueSite site;

	/**
	 * Creates a store.
	 * @param connectionFactory the application's connections
	 * @param keyPrefix beginning of every Redis key and channel, without braces
	 * @param fenceRetention how long a key's last fencing token is kept after use
	 * @throws IllegalArgumentException if the prefix holds braces
	 */
	public QueueLockStore(RedisConnectionFactory connectionFactory, String keyPrefix, Duration fenceRetention) {
		this(connectionFactory, keyPrefix, fenceRetention, 0);
	}

	/**
	 * Creates a store whose grants are confirmed by replicas.
	 * @param connectionFactory the application's connections
	 * @param keyPrefix beginning of every Redis key and channel, without braces
	 * @param fenceRetention how long a key's last fencing token is kept after use
	 * @param replicas how many replicas must have a grant before anybody enters; zero
	 * costs nothing
	 * @throws IllegalArgumentException if the prefix holds braces
	 */
	public QueueLockStore(RedisConnectionFactory connectionFactory, String keyPrefix, Duration fenceRetention,
			int replicas) {
		this(connectionFactory, new QueueSite(connectionFactory, keyPrefix, fenceRetention),
				new Replicas(connectionFactory, replicas));
	}

	private QueueLockStore(RedisConnectionFactory connectionFactory, QueueSite site, Replicas replicas) {
		super(connectionFactory, site.servers(), replicas, (scripts) -> new QueueCommands(scripts, site));
		this.site = site;
	}

	@Override
	String redisKey(String key) {
		return this.site.redisKey(key);
	}

	@Override
	LockInspection inspection(Scripts blocking) {
		return new QueueInspection(blocking, this.site);
	}

	@Override
	public void onWakeUp(WakeUpListener listener) {
		this.site.listen(listener);
	}

	@Override
	public void close() {
		this.site.close();
		super.close();
	}

}
