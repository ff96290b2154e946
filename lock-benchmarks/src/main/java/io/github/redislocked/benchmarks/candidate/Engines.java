/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.candidate;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

import io.github.redislocked.LockListener;
import io.github.redislocked.LockObserver;
import io.github.redislocked.engine.LocalHandover;
import io.github.redislocked.engine.LockAudience;
import io.github.redislocked.engine.LockEngine;
import io.github.redislocked.engine.LockEngineSettings;
import io.github.redislocked.store.LockStore;
import io.github.redislocked.store.redis.QueueLockStore;

import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * The one place where engines under measurement are made, with the defaults of
 * {@code redis-lock.*} but for what is measured.
 */
public final class Engines {

	private static final Duration FENCE_RETENTION = Duration.ofMinutes(10);

	private Engines() {
	}

	/**
	 * Makes an engine with the default settings.
	 * @param store where its locks are
	 * @return the engine
	 */
	public static LockEngine create(LockStore store) {
		return create(store, LocalHandover.DEFAULT);
	}

	/**
	 * Makes an engine with the default settings on connections of its own, which end with
	 * the process.
	 * @param port where Redis listens on this machine
	 * @return the engine
	 */
	public static LockEngine onLettuce(int port) {
		return create(store(Connections.lettuce(port)));
	}

	/**
	 * Makes an engine with the default settings that is observed.
	 * @param store where its locks are
	 * @param observers who sees what its callers do
	 * @return the engine
	 */
	public static LockEngine create(LockStore store, List<LockObserver> observers) {
		return new LockEngine(store, settings(LocalHandover.DEFAULT), new LockAudience() {

			@Override
			public Collection<LockListener> listeners() {
				return List.of();
			}

			@Override
			public List<LockObserver> observers() {
				return observers;
			}

		});
	}

	static LockEngine create(LockStore store, LocalHandover localHandover) {
		return new LockEngine(store, settings(localHandover));
	}

	private static LockEngineSettings settings(LocalHandover localHandover) {
		return new LockEngineSettings("bench:" + ProcessHandle.current().pid(), CandidateType.LEASE,
				CandidateType.TIMEOUT, Duration.ofHours(1), Duration.ZERO, localHandover);
	}

	static LockStore store(RedisConnectionFactory connections) {
		return new QueueLockStore(connections, "redis-lock:", FENCE_RETENTION);
	}

}
