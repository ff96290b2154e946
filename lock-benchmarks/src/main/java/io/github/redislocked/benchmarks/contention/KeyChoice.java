/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.contention;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Chooses keys by a Zipf distribution: the n-th is chosen in proportion to 1 / n^skew.
 */
final class KeyChoice {

	private final double[] cumulated;

	KeyChoice(int keys, double skew) {
		this.cumulated = new double[keys];
		double sum = 0;
		for (int key = 0; key < keys; key++) {
			sum += 1 / Math.pow(key + 1, skew);
			this.cumulated[key] = sum;
		}
	}

	int next(RandomGenerator random) {
		int last = this.cumulated.length - 1;
		if (last == 0) {
			return 0;
		}
		int found = Arrays.binarySearch(this.cumulated, random.nextDouble() * this.cumulated[last]);
		return Math.min((found >= 0) ? found + 1 : -found - 1, last);
	}

}
