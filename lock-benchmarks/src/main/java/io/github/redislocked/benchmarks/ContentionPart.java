/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.redislocked.benchmarks.candidate.CandidateType;
import io.github.redislocked.benchmarks.contention.ContentionResult;
import io.github.redislocked.benchmarks.contention.ContentionRun;
import io.github.redislocked.benchmarks.contention.Workload;
import io.github.redislocked.benchmarks.report.Chart;
import io.github.redislocked.benchmarks.report.Comparison;
import io.github.redislocked.benchmarks.report.Metric;
import io.github.redislocked.benchmarks.report.Metric.Better;
import io.github.redislocked.benchmarks.report.Targets;

/**
 * Processes that fight for locks.
 */
final class ContentionPart implements Part {

	private static final String THROUGHPUT = "throughput";

	private static final String WAIT_99 = "wait 99 %";

	private static final String SCRIPTS = "scripts";

	private static final String FAIRNESS = "busiest by least busy process";

	private static final String HAND_OFF = "hand-off 50 %";

	private static final List<Metric<ContentionResult>> METRICS = List.of(
			new Metric<>(THROUGHPUT, "per s", Better.MORE, ContentionResult::throughput),
			new Metric<>("wait 50 %", "ms", Better.LESS, ContentionResult::wait50),
			new Metric<>(WAIT_99, "ms", Better.LESS, ContentionResult::wait99),
			new Metric<>("wait 99.9 %", "ms", Better.LESS, ContentionResult::wait999),
			new Metric<>("longest", "ms", Better.LESS, ContentionResult::longestWait),
			new Metric<>(SCRIPTS, "", Better.LESS, ContentionResult::scripts),
			new Metric<>("commands", "", Better.LESS, ContentionResult::commands),
			new Metric<>("bytes", "", Better.LESS, ContentionResult::bytes),
			new Metric<>(FAIRNESS, "", Better.LESS, ContentionResult::fairness),
			new Metric<>(HAND_OFF, "ms", Better.LESS, ContentionResult::handOff50),
			new Metric<>("hand-off 99 %", "ms", Better.LESS, ContentionResult::handOff99),
			new Metric<>("gave up", "", Better.LESS, (result) -> result.timedOut()),
			new Metric<>("failed", "", Better.LESS, (result) -> result.failed()),
			new Metric<>("two inside", "", Better.LESS, (result) -> result.overlapped()));

	private static final Workload WIDE = Workload.onOneKey(2, 8);

	private static final Workload SQUARE = Workload.onOneKey(4, 4);

	private static final List<Workload> OTHERS = List.of(Workload.onOneKey(2, 8).working(Duration.ofMillis(1)),
			Workload.onOneKey(2, 8).overKeys(1_000, 1), Workload.onOneKey(2, 1).working(Duration.ofMillis(2)));

	private final Map<Workload, Comparison<ContentionResult>> comparisons = new LinkedHashMap<>();

	@Override
	public void measure(Laboratory laboratory) {
		BenchmarkSize size = laboratory.size();
		Stream.of(WIDE, SQUARE).forEach((workload) -> compare(laboratory, workload, size.measured()));
		OTHERS.forEach((workload) -> compare(laboratory, workload, size.shortly()));
		StringBuilder text = new StringBuilder();
		text.append(laboratory.bars(chart("Acquisitions per second", "per second", THROUGHPUT), "contention"));
		text.append(
				laboratory.bars(chart("99th percentile of the waits", "milliseconds", WAIT_99).logarithmic(), "waits"));
		text.append(laboratory
			.bars(chart("From a release to the next holder in another process, median", "milliseconds", HAND_OFF)
				.logarithmic(), "hand-off"));
		this.comparisons.values().forEach((comparison) -> text.append(laboratory.report(comparison)));
		laboratory.page().fill("contention", text.toString());
	}

	@Override
	public void judge(Targets targets) {
		judge(targets, WIDE);
		judge(targets, SQUARE);
		targets.atMost(WIDE.title() + ": scripts per acquisition", 0.5, ours(WIDE, SCRIPTS));
		CandidateType.find("redislocked-through-redis")
			.ifPresent(
					(type) -> targets.atMost(WIDE.title() + ": scripts per acquisition, every hand-over through Redis",
							2.2, figure(WIDE, SCRIPTS, type)));
		targets.atMost(WIDE.title() + ": acquisitions of the busiest by those of the least busy process", 1.2,
				ours(WIDE, FAIRNESS));
	}

	private void judge(Targets targets, Workload workload) {
		double throughput = ours(workload, THROUGHPUT);
		targets.atLeast(
				workload.title() + ": throughput by the better of Redisson `RLock` and Spring Integration pub/sub", 8,
				throughput / Math.max(figure(workload, THROUGHPUT, CandidateType.REDISSON),
						figure(workload, THROUGHPUT, CandidateType.SPRING_INTEGRATION_PUB_SUB)));
		targets.atLeast(workload.title() + ": throughput by that of Spring Integration spin", 2,
				throughput / figure(workload, THROUGHPUT, CandidateType.SPRING_INTEGRATION_SPIN));
		targets.atMost(workload.title() + ": 99th percentile wait by the best of those that do not poll", 0.25,
				ours(workload, WAIT_99) / Math.min(figure(workload, WAIT_99, CandidateType.REDISSON),
						Math.min(figure(workload, WAIT_99, CandidateType.REDISSON_FAIR),
								figure(workload, WAIT_99, CandidateType.SPRING_INTEGRATION_PUB_SUB))));
	}

	private void compare(Laboratory laboratory, Workload workload, Duration measured) {
		ContentionRun run = new ContentionRun(laboratory.redis(), laboratory.probe(), laboratory.size().warmUp(),
				measured);
		Map<CandidateType, List<ContentionResult>> results = new EnumMap<>(CandidateType.class);
		for (int round = 0; round < laboratory.size().rounds(); round++) {
			CandidateType.contending()
				.forEach((type) -> results.computeIfAbsent(type, (none) -> new ArrayList<>())
					.add(run.run(type, workload)));
		}
		Map<CandidateType, Rounds<ContentionResult>> rounds = new LinkedHashMap<>();
		results.forEach((type, list) -> rounds.put(type, new Rounds<>(list)));
		this.comparisons.put(workload, new Comparison<>(workload.title(), METRICS, rounds));
	}

	private Chart chart(String title, String unit, String metric) {
		Chart chart = new Chart(title, unit);
		this.comparisons.forEach((workload, comparison) -> comparison.results()
			.keySet()
			.forEach((type) -> chart.add(type.title(), workload.title(), comparison.median(type, metric))));
		return chart;
	}

	private double ours(Workload workload, String metric) {
		return figure(workload, metric, CandidateType.REDISLOCKED);
	}

	private double figure(Workload workload, String metric, CandidateType type) {
		Comparison<ContentionResult> comparison = this.comparisons.get(workload);
		return (comparison != null) ? comparison.median(type, metric) : Double.NaN;
	}

}
