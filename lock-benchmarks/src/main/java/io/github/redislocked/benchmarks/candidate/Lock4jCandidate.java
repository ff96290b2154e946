/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.candidate;

import java.util.List;

import com.baomidou.lock.LockInfo;
import com.baomidou.lock.LockTemplate;
import com.baomidou.lock.executor.RedisTemplateLockExecutor;
import com.baomidou.lock.spring.boot.autoconfigure.Lock4jProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * lock4j on a {@code RedisTemplate}, which polls every 100 ms by default.
 */
final class Lock4jCandidate implements Candidate {

	private final LettuceConnectionFactory connections;

	private final LockTemplate locks = new LockTemplate();

	Lock4jCandidate(LettuceConnectionFactory connections) {
		this.connections = connections;
		Lock4jProperties properties = new Lock4jProperties();
		this.locks.setProperties(properties);
		this.locks
			.setExecutors(List.of(new RedisTemplateLockExecutor(new StringRedisTemplate(connections), properties)));
		try {
			this.locks.afterPropertiesSet();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public @Nullable Hold acquire(String key) {
		LockInfo lock = this.locks.lock(key, CandidateType.LEASE.toMillis(), CandidateType.TIMEOUT.toMillis());
		return (lock != null) ? () -> this.locks.releaseLock(lock) : null;
	}

	@Override
	public void close() {
		this.connections.destroy();
	}

}
