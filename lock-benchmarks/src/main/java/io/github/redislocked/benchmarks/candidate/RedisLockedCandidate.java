/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.candidate;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.engine.LocalHandover;
import io.github.redislocked.engine.LockEngine;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * This project's lock.
 *
 * @param <C> the connections' type
 */
final class RedisLockedCandidate<C extends RedisConnectionFactory & DisposableBean> implements AsyncCandidate {

	private final C connections;

	private final LockEngine engine;

	RedisLockedCandidate(C connections, LocalHandover localHandover) {
		this.connections = connections;
		this.engine = Engines.create(Engines.store(connections), localHandover);
	}

	@Override
	public @Nullable Hold acquire(String key) throws InterruptedException {
		try {
			return this.engine.acquire(spec(key))::close;
		}
		catch (LockNotAcquiredException ex) {
			return null;
		}
	}

	@Override
	public CompletionStage<?> acquireAsync(String key, Duration timeout) {
		return this.engine.acquireAsync(spec(key).timeout(timeout));
	}

	@Override
	public void close() {
		this.engine.close();
		Shutdown.of(this.connections);
	}

	// A lease time of its own, so that nothing is renewed, as with the peers.
	private static LockSpec spec(String key) {
		return LockSpec.of(key).expire(CandidateType.LEASE).timeout(CandidateType.TIMEOUT);
	}

}
