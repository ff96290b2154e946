/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

import io.github.redislocked.LockListener;
import io.github.redislocked.LockObserver;
import io.github.redislocked.store.LockStore;
import io.github.redislocked.store.redis.QueueLockStore;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import io.github.redislocked.testing.TestSettings;

import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Engines for one test, each like a process of its own, closed with it.
 */
final class TestEngines implements AutoCloseable {

	static final LocalHandover LOCAL_HANDOVER = TestSettings.LOCAL_HANDOVER;

	static final LockEngineSettings SETTINGS = new LockEngineSettings("test", Duration.ofSeconds(30),
			Duration.ofSeconds(3), Duration.ofHours(1), Duration.ofMillis(100), LOCAL_HANDOVER);

	/**
	 * As above, with a given hand-over inside a process.
	 * @param maxPasses how often a lock is passed on
	 * @return the settings; a pass is never refused because of the time it takes
	 */
	static LockEngineSettings passing(int maxPasses) {
		return with(new LocalHandover(maxPasses, Duration.ofMinutes(1)));
	}

	static LockEngineSettings with(LocalHandover localHandover) {
		return new LockEngineSettings(SETTINGS.instanceId(), SETTINGS.expire(), SETTINGS.timeout(), SETTINGS.maxHold(),
				SETTINGS.shutdownGrace(), localHandover);
	}

	private final Deque<LockEngine> engines = new ArrayDeque<>();

	private final TestRedis redis;

	private final Driver driver;

	TestEngines(TestRedis redis, Driver driver) {
		this.redis = redis;
		this.driver = driver;
	}

	LockEngine start() {
		return start(SETTINGS);
	}

	LockEngine start(LockEngineSettings settings) {
		LockEngine engine = new LockEngine(store(this.redis.connect(this.driver)), settings);
		this.engines.push(engine);
		return engine;
	}

	/**
	 * Makes a store as the configuration would.
	 * @param connections connections of any driver
	 * @return the store
	 */
	static QueueLockStore store(RedisConnectionFactory connections) {
		return store(connections, 0);
	}

	static QueueLockStore store(RedisConnectionFactory connections, int replicas) {
		return new QueueLockStore(connections, "redis-lock:", Duration.ofMinutes(10), replicas);
	}

	/**
	 * Starts an engine on a given store, of whose callers some are told.
	 * @param store the store
	 * @param settings the settings
	 * @param observers who is told
	 * @return the engine, to be closed by the test
	 */
	static LockEngine observed(LockStore store, LockEngineSettings settings, LockObserver... observers) {
		return new LockEngine(store, settings, new LockAudience() {

			@Override
			public Collection<LockListener> listeners() {
				return List.of();
			}

			@Override
			public List<LockObserver> observers() {
				return List.of(observers);
			}

		});
	}

	@Override
	public void close() {
		this.engines.forEach(LockEngine::close);
	}

}
