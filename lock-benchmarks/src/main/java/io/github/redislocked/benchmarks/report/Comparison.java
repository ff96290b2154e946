/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.redislocked.benchmarks.Rounds;
import io.github.redislocked.benchmarks.candidate.CandidateType;

/**
 * The candidates beside each other under one workload: medians over the rounds.
 *
 * @param title the workload
 * @param metrics the columns
 * @param results the rows
 * @param <T> type of the results
 */
public record Comparison<T>(String title, List<Metric<T>> metrics, Map<CandidateType, Rounds<T>> results) {

	// Less is noise.
	private static final double CLEAR = 1.1;

	/**
	 * Returns a median.
	 * @param type the candidate
	 * @param metric the name of the metric
	 * @return the median; no number if it was not measured
	 */
	public double median(CandidateType type, String metric) {
		Rounds<T> rounds = this.results.get(type);
		return (rounds != null) ? rounds.median(metric(metric).figure()) : Double.NaN;
	}

	/**
	 * Writes the comparison as a table.
	 * @return the table
	 */
	public String table() {
		Table table = new Table(Stream.concat(Stream.of(""), this.metrics.stream().map(Metric::heading)).toList());
		this.results.forEach((type, rounds) -> table.add(type.title(),
				this.metrics.stream().mapToDouble((metric) -> rounds.median(metric.figure())).toArray()));
		return table.toString();
	}

	/**
	 * Says where another candidate is clearly better than ours.
	 * @return a line for each metric in which one is
	 */
	public List<String> losses() {
		return this.metrics.stream().flatMap((metric) -> losses(metric).stream()).toList();
	}

	private Metric<T> metric(String name) {
		return this.metrics.stream().filter((metric) -> metric.name().equals(name)).findFirst().orElseThrow();
	}

	private List<String> losses(Metric<T> metric) {
		double ours = median(CandidateType.REDISLOCKED, metric.name());
		List<String> better = this.results.keySet()
			.stream()
			.filter((type) -> !type.isOurs() && isClear(median(type, metric.name()), ours)
					&& metric.isBetter(median(type, metric.name()), ours))
			.map((type) -> "%s %s".formatted(type.title(), Figures.of(median(type, metric.name()))))
			.toList();
		return better.isEmpty() ? List.of() : List.of("- %s, %s: ours %s; %s".formatted(this.title, metric.heading(),
				Figures.of(ours), String.join(", ", better)));
	}

	private static boolean isClear(double one, double other) {
		return Math.max(one, other) > CLEAR * Math.min(one, other);
	}

}
