/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The results of several rounds of one measurement.
 *
 * @param results a result of each round
 * @param <T> type of the results
 */
public record Rounds<T>(List<T> results) {

	/**
	 * Returns the median over the rounds, which one disturbed round does not move.
	 * @param figure a figure of a round
	 * @return the median; not a number if there was no round with such a figure
	 */
	public double median(ToDoubleFunction<T> figure) {
		double[] sorted = this.results.stream()
			.mapToDouble(figure)
			.filter((value) -> !Double.isNaN(value))
			.sorted()
			.toArray();
		if (sorted.length == 0) {
			return Double.NaN;
		}
		return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
	}

	/**
	 * Returns the sum over the rounds.
	 * @param figure a figure of a round
	 * @return the sum
	 */
	public double sum(ToDoubleFunction<T> figure) {
		return this.results.stream().mapToDouble(figure).sum();
	}

}
