/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.candidate;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * {@code SET NX PX} and a script that compares and deletes: the least that a lock on
 * Redis with owners can do. With a pause it tries again after it, and is the lock that
 * people write themselves.
 *
 * @param <C> the connections' type
 */
final class BareSetCandidate<C extends RedisConnectionFactory & DisposableBean> implements Candidate {

	private static final RedisScript<Long> COMPARE_AND_DELETE = RedisScript
		.of("if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0", Long.class);

	private final C connections;

	private final StringRedisTemplate redis;

	private final long pauseNanos;

	/**
	 * Creates the candidate.
	 * @param connections connections of its own
	 * @param pauseNanos time between two attempts; zero for one attempt only
	 */
	BareSetCandidate(C connections, long pauseNanos) {
		this.connections = connections;
		this.redis = new StringRedisTemplate(connections);
		this.pauseNanos = pauseNanos;
	}

	@Override
	public @Nullable Hold acquire(String key) throws InterruptedException {
		String token = UUID.randomUUID().toString();
		long begin = System.nanoTime();
		while (!set(key, token)) {
			long left = CandidateType.TIMEOUT.toNanos() - (System.nanoTime() - begin);
			if (this.pauseNanos == 0 || left <= 0) {
				return null;
			}
			LockSupport.parkNanos(Math.min(this.pauseNanos, left));
			if (Thread.interrupted()) {
				throw new InterruptedException();
			}
		}
		return () -> this.redis.execute(COMPARE_AND_DELETE, List.of(key), token);
	}

	@Override
	public void close() {
		Shutdown.of(this.connections);
	}

	private boolean set(String key, String token) {
		return Boolean.TRUE.equals(this.redis.opsForValue().setIfAbsent(key, token, CandidateType.LEASE));
	}

}
