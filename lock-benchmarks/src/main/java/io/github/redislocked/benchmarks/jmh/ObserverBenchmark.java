/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.jmh;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.Lease;
import io.github.redislocked.LockObserver;
import io.github.redislocked.LockSpec;
import io.github.redislocked.benchmarks.candidate.Engines;
import io.github.redislocked.engine.LockEngine;
import io.github.redislocked.observation.MeterLockObserver;
import io.github.redislocked.observation.ObservationLockObserver;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What metrics cost a lock that nobody else wants: its engine runs on a store in memory,
 * with observers and without.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@NullUnmarked
public class ObserverBenchmark {

	/**
	 * Who observes: see {@link #observers}.
	 */
	@Param({ "none", "noop", "meters", "timers", "observations" })
	public String type;

	private final LockSpec spec = LockSpec.of("account:42").name("Account.withdraw");

	private LockEngine locks;

	/**
	 * Starts an engine.
	 */
	@Setup
	public void start() {
		this.locks = Engines.create(new InMemoryLockStore(), observers(this.type));
	}

	/**
	 * Ends it.
	 */
	@TearDown
	public void stop() {
		this.locks.close();
	}

	/**
	 * Takes the lock and gives it back.
	 * @throws InterruptedException never
	 */
	@Benchmark
	public void acquireAndRelease() throws InterruptedException {
		Lease lease = this.locks.acquire(this.spec);
		lease.close();
	}

	private static List<LockObserver> observers(String type) {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		MeterLockObserver counting = new MeterLockObserver(meters);
		return switch (type) {
			case "none" -> List.of();
			case "noop" -> List.of(new ObservationLockObserver(ObservationRegistry.NOOP, false));
			case "meters" -> List.of(counting);
			// As where there are meters but no observations.
			case "timers" ->
				List.of(counting, new ObservationLockObserver(registry(new DefaultMeterObservationHandler(meters,
						DefaultMeterObservationHandler.IgnoredMeters.LONG_TASK_TIMER)), false));
			// As with Spring Boot's defaults.
			default -> List.of(counting,
					new ObservationLockObserver(registry(new DefaultMeterObservationHandler(meters)), false));
		};
	}

	private static ObservationRegistry registry(DefaultMeterObservationHandler handler) {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(handler);
		return registry;
	}

}
