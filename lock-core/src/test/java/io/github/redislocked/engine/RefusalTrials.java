/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.redislocked.LockSpec;
import io.github.redislocked.LockStoreException;
import io.github.redislocked.testing.Driver;
import org.awaitility.Awaitility;

import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Engines of all drivers that go through the same refusals at the same time.
 */
final class RefusalTrials implements AutoCloseable {

	/**
	 * Long enough to be renewed by itself, after a third, while Redis refuses.
	 */
	static final Duration EXPIRE = Duration.ofSeconds(3);

	/**
	 * More than a third of that.
	 */
	static final Duration REFUSED = Duration.ofMillis(1200);

	private final Map<Driver, LockEngine> engines = new EnumMap<>(Driver.class);

	private final List<RefusalTrial> trials = new ArrayList<>();

	/**
	 * Starts the engines.
	 * @param connections how to connect
	 */
	RefusalTrials(Function<Driver, RedisConnectionFactory> connections) {
		for (Driver driver : Driver.values()) {
			this.engines.put(driver,
					new LockEngine(TestEngines.store(connections.apply(driver)), TestEngines.SETTINGS));
		}
	}

	/**
	 * Names every lock of the trials.
	 * @param name the name of the trials
	 * @return the keys
	 */
	static Stream<String> keys(String name) {
		return Stream.of(Driver.values())
			.flatMap((driver) -> RefusalTrial.KEYS.stream().map((key) -> name + driver + key));
	}

	/**
	 * Takes locks, while Redis is well.
	 * @param name what their keys begin with
	 * @param expire the time of the leases that are to be renewed meanwhile
	 */
	void begin(String name, Duration expire) throws InterruptedException {
		this.trials.clear();
		for (Driver driver : Driver.values()) {
			this.trials.add(new RefusalTrial(this.engines.get(driver), name + driver, expire));
		}
	}

	/**
	 * Waits until the drivers have found out that their connections are broken, and have
	 * new ones.
	 * @param code the code of the error that Redis answers
	 */
	void awaitRefusal(String code) {
		AtomicInteger number = new AtomicInteger();
		for (LockEngine engine : this.engines.values()) {
			Awaitility.await()
				.untilAsserted(() -> assertThatExceptionOfType(LockStoreException.class).isThrownBy(
						() -> engine.acquire(LockSpec.of("attempt:" + number.incrementAndGet()).timeout(Duration.ZERO)))
					.withMessageContaining(code));
		}
	}

	/**
	 * Sees that nothing fails for good while Redis refuses.
	 * @param code the code of its error
	 * @param advice what a caller is told to do whose timeout passes
	 * @param time how long Redis refuses
	 */
	void refused(String code, String advice, Duration time) {
		this.trials.forEach((trial) -> trial.refused(code, advice));
		Awaitility.await().during(time).until(() -> this.trials.stream().allMatch(RefusalTrial::goesOn));
	}

	/**
	 * Sees that everything goes on when Redis is well again.
	 */
	void passed() throws Exception {
		for (RefusalTrial trial : this.trials) {
			trial.passed();
		}
	}

	@Override
	public void close() {
		this.engines.values().forEach(LockEngine::close);
	}

}
