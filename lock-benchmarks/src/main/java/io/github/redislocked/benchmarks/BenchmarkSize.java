/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks;

import java.time.Duration;
import java.util.List;

/**
 * How much is measured.
 *
 * @param rounds rounds of everything that is compared
 * @param iteration length of an iteration of JMH: six of warm-up, because on few cores it
 * takes seconds until the compiler is done, and three measured ones in each fork
 * @param warmUp how long contending processes run before they are measured
 * @param measured how long they are measured where targets depend on it
 * @param shortly how long they are measured elsewhere
 * @param locks how many locks are held or awaited at once
 * @param renewedExpire lease time of those that are renewed
 * @param waiters numbers of waiters for one key
 * @param processes numbers of processes
 * @param keys numbers of keys
 * @param sweptKeys how many different keys are locked once each
 */
public record BenchmarkSize(int rounds, Duration iteration, Duration warmUp, Duration measured, Duration shortly,
		int locks, Duration renewedExpire, List<Integer> waiters, List<Integer> processes, List<Integer> keys,
		int sweptKeys) {

	/**
	 * Enough to see that everything works.
	 */
	static final BenchmarkSize QUICK = new BenchmarkSize(1, Duration.ofMillis(200), Duration.ofMillis(800),
			Duration.ofMillis(700), Duration.ofMillis(500), 1_000, Duration.ofSeconds(6), List.of(2, 16), List.of(1, 4),
			List.of(1, 1_000), 20_000);

	/**
	 * Enough to believe the figures.
	 */
	static final BenchmarkSize FULL = new BenchmarkSize(3, Duration.ofSeconds(1), Duration.ofSeconds(3),
			Duration.ofSeconds(10), Duration.ofSeconds(2), 10_000, Duration.ofSeconds(30), List.of(1, 4, 16, 64),
			List.of(1, 2, 4, 8, 16, 32), List.of(1, 100, 10_000, 1_000_000), 1_000_000);

	/**
	 * Returns the size that a command line names.
	 * @param name {@code quick} or {@code full}
	 * @return the size
	 */
	static BenchmarkSize of(String name) {
		return switch (name) {
			case "quick" -> QUICK;
			case "full" -> FULL;
			default -> throw new IllegalArgumentException("The size is quick or full, but not " + name);
		};
	}

}
