/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.candidate;

import java.time.Duration;
import java.time.Instant;

import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.provider.redis.spring.RedisLockProvider;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * ShedLock, which does not wait. With its safe update, which only deletes its own lock;
 * without it the release is a plain {@code DEL}.
 */
final class ShedLockCandidate implements Candidate {

	private final LettuceConnectionFactory connections;

	private final LockProvider provider;

	ShedLockCandidate(LettuceConnectionFactory connections) {
		this.connections = connections;
		this.provider = new RedisLockProvider.Builder(connections).safeUpdate(true).build();
	}

	@Override
	public @Nullable Hold acquire(String key) {
		return this.provider.lock(new LockConfiguration(Instant.now(), key, CandidateType.LEASE, Duration.ZERO))
			.<Hold>map((lock) -> lock::unlock)
			.orElse(null);
	}

	@Override
	public void close() {
		this.connections.destroy();
	}

}
