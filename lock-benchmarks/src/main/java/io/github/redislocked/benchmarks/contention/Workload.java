/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.contention;

import java.time.Duration;

/**
 * What every process of a run does: so many threads take locks and give them back, over
 * and over.
 *
 * @param processes number of processes
 * @param threads threads of each process
 * @param keys number of keys to choose from
 * @param skew exponent of a Zipf distribution over the keys; zero for all alike
 * @param work how long the lock is held, without using a core
 */
public record Workload(int processes, int threads, int keys, double skew, Duration work) {

	/**
	 * Returns a workload on one key that is given back at once.
	 * @param processes number of processes
	 * @param threads threads of each process
	 * @return the workload
	 */
	public static Workload onOneKey(int processes, int threads) {
		return new Workload(processes, threads, 1, 0, Duration.ZERO);
	}

	/**
	 * Returns a copy with work inside.
	 * @param duration how long the lock is held
	 * @return the copy
	 */
	public Workload working(Duration duration) {
		return new Workload(this.processes, this.threads, this.keys, this.skew, duration);
	}

	/**
	 * Returns a copy over many keys.
	 * @param number number of keys
	 * @param exponent exponent of a Zipf distribution over the keys; zero for all alike
	 * @return the copy
	 */
	public Workload overKeys(int number, double exponent) {
		return new Workload(this.processes, this.threads, number, exponent, this.work);
	}

	/**
	 * Returns the workload in words.
	 * @return for headings and axes
	 */
	public String title() {
		StringBuilder title = new StringBuilder().append("%d x %d, %s".formatted(this.processes, this.threads,
				(this.keys == 1) ? "one key" : "%,d keys".formatted(this.keys)));
		if (this.skew > 0) {
			title.append(" (Zipf ").append(this.skew).append(')');
		}
		if (!this.work.isZero()) {
			title.append(", %.1f ms inside".formatted(this.work.toNanos() / 1e6));
		}
		return title.toString();
	}

}
