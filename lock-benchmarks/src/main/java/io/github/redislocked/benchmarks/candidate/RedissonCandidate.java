/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.candidate;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RLock;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/**
 * Redisson's locks, through its own driver with its default settings.
 */
final class RedissonCandidate implements AsyncCandidate {

	private final RedissonClient redisson;

	private final BiFunction<RedissonClient, String, RLock> locks;

	// An asynchronous owner is a thread id: these are of no thread.
	private final AtomicLong owners = new AtomicLong(Long.MAX_VALUE / 2);

	RedissonCandidate(int port, BiFunction<RedissonClient, String, RLock> locks) {
		Config config = new Config();
		config.useSingleServer().setAddress("redis://127.0.0.1:" + port);
		this.redisson = Redisson.create(config);
		this.locks = locks;
	}

	@Override
	public @Nullable Hold acquire(String key) throws InterruptedException {
		RLock lock = this.locks.apply(this.redisson, key);
		return lock.tryLock(CandidateType.TIMEOUT.toMillis(), CandidateType.LEASE.toMillis(), TimeUnit.MILLISECONDS)
				? lock::unlock : null;
	}

	@Override
	public CompletionStage<?> acquireAsync(String key, Duration timeout) {
		return this.locks.apply(this.redisson, key)
			.tryLockAsync(timeout.toMillis(), CandidateType.LEASE.toMillis(), TimeUnit.MILLISECONDS,
					this.owners.getAndIncrement());
	}

	@Override
	public void close() {
		this.redisson.shutdown(0, 1, TimeUnit.SECONDS);
	}

}
