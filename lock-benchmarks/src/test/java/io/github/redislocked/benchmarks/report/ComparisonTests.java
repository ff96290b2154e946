/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.redislocked.benchmarks.Rounds;
import io.github.redislocked.benchmarks.candidate.CandidateType;
import io.github.redislocked.benchmarks.report.Metric.Better;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ComparisonTests {

	private static final List<Metric<Double>> METRICS = List.of(
			new Metric<>("speed", "per s", Better.MORE, Double::doubleValue),
			new Metric<>("wait", "ms", Better.LESS, (figure) -> figure / 10),
			new Metric<>("size", "", Better.NEITHER, Double::doubleValue));

	@Test
	void whenPeerIsClearlyFasterThenThatIsALoss() {
		assertThat(comparison(100, 150).losses())
			.containsExactly("- one key, speed, per s: ours 100; Redisson RLock 150");
	}

	@Test
	void whenPeerIsClearlySlowerThenItWaitsLess() {
		assertThat(comparison(100, 50).losses()).containsExactly("- one key, wait, ms: ours 10; Redisson RLock 5");
	}

	@Test
	void whenPeerIsAlmostAlikeThenNothingIsLost() {
		assertThat(comparison(100, 105).losses()).isEmpty();
	}

	@Test
	void whenCandidateWasNotMeasuredThenItsMedianIsNoNumber() {
		assertThat(comparison(1, 2).median(CandidateType.LOCK4J, "speed")).isNaN();
	}

	@Test
	void whenTableIsWrittenThenEachCandidateHasARow() {
		assertThat(comparison(100, 50).table()).isEqualTo("""
				|  | speed, per s | wait, ms | size |
				| --- | --: | --: | --: |
				| redislocked | 100 | 10 | 100 |
				| Redisson RLock | 50 | 5 | 50 |
				""");
	}

	private static Comparison<Double> comparison(double ours, double theirs) {
		Map<CandidateType, Rounds<Double>> results = new LinkedHashMap<>();
		results.put(CandidateType.REDISLOCKED, new Rounds<>(List.of(ours)));
		results.put(CandidateType.REDISSON, new Rounds<>(List.of(theirs)));
		return new Comparison<>("one key", METRICS, results);
	}

}
