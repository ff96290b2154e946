/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisClusterConnection;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisSentinelConnection;

/**
 * The application's connection factory under another identity. Spring Data binds a
 * connection to the thread by the factory's identity, and hands the bound one to every
 * template on the same factory, even to one without transaction support: in a transaction
 * or a session callback, scripts would be queued and answer null.
 */
class UnboundConnections implements RedisConnectionFactory {

	private final RedisConnectionFactory target;

	UnboundConnections(RedisConnectionFactory target) {
		this.target = target;
	}

	@Override
	public RedisConnection getConnection() {
		return this.target.getConnection();
	}

	@Override
	public RedisClusterConnection getClusterConnection() {
		return this.target.getClusterConnection();
	}

	@Override
	public RedisSentinelConnection getSentinelConnection() {
		return this.target.getSentinelConnection();
	}

	@Override
	public boolean getConvertPipelineAndTxResults() {
		return this.target.getConvertPipelineAndTxResults();
	}

	@Override
	public @Nullable DataAccessException translateExceptionIfPossible(RuntimeException ex) {
		return this.target.translateExceptionIfPossible(ex);
	}

}
