/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.candidate;

import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.integration.redis.util.RedisLockRegistry;
import org.springframework.integration.redis.util.RedisLockRegistry.RedisLockType;
import org.springframework.integration.support.locks.DistributedLock;

/**
 * Spring Integration's lock registry.
 */
final class SpringIntegrationCandidate implements Candidate {

	private final LettuceConnectionFactory connections;

	private final RedisLockRegistry registry;

	SpringIntegrationCandidate(LettuceConnectionFactory connections, RedisLockType type) {
		this.connections = connections;
		this.registry = new RedisLockRegistry(connections, "spring-integration", CandidateType.LEASE);
		this.registry.setRedisLockType(type);
	}

	@Override
	public @Nullable Hold acquire(String key) throws InterruptedException {
		DistributedLock lock = this.registry.obtain(key);
		return lock.tryLock(CandidateType.TIMEOUT, CandidateType.LEASE) ? lock::unlock : null;
	}

	@Override
	public void close() {
		this.registry.destroy();
		this.connections.destroy();
	}

}
