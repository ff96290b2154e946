/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.redislocked.benchmarks.candidate.Candidate;
import io.github.redislocked.benchmarks.candidate.CandidateType;
import io.github.redislocked.benchmarks.candidate.Hold;
import io.github.redislocked.benchmarks.jmh.JmhResult;
import io.github.redislocked.benchmarks.jmh.JmhRounds;
import io.github.redislocked.benchmarks.redis.RedisWork;
import io.github.redislocked.benchmarks.report.Chart;
import io.github.redislocked.benchmarks.report.Comparison;
import io.github.redislocked.benchmarks.report.Metric;
import io.github.redislocked.benchmarks.report.Metric.Better;
import io.github.redislocked.benchmarks.report.Targets;

/**
 * Locks that nobody else wants.
 */
final class UncontendedPart implements Part {

	private static final String THROUGHPUT = "throughput";

	private static final String ROUND_TRIPS = "round trips";

	private static final List<CandidateType> MANY_THREADS = List.of(CandidateType.REDISLOCKED, CandidateType.REDISSON,
			CandidateType.SPRING_INTEGRATION_PUB_SUB, CandidateType.SPRING_INTEGRATION_SPIN, CandidateType.FLOOR);

	private static final int COUNTED = 1_000;

	private static final List<Metric<JmhResult>> SPEED = List.of(
			new Metric<>(THROUGHPUT, "per s", Better.MORE, JmhResult::score),
			new Metric<>("allocation", "bytes per call", Better.LESS, JmhResult::bytes));

	private static final List<Metric<RedisWork>> COSTS = List.of(
			new Metric<>(ROUND_TRIPS, "", Better.LESS, (work) -> per(work.reads())),
			new Metric<>("scripts", "", Better.NEITHER, (work) -> per(work.scripts())),
			new Metric<>("commands, those inside scripts included", "", Better.LESS, (work) -> per(work.commands())),
			new Metric<>("bytes", "", Better.LESS, (work) -> per(work.bytesIn() + work.bytesOut())));

	private Comparison<JmhResult> oneThread = new Comparison<>("One thread", SPEED, Map.of());

	private Comparison<JmhResult> manyThreads = new Comparison<>("16 threads on own keys", SPEED, Map.of());

	private Comparison<RedisWork> costs = new Comparison<>("What one acquisition and its release cost Redis", COSTS,
			Map.of());

	@Override
	public void measure(Laboratory laboratory) throws InterruptedException {
		List<CandidateType> types = new ArrayList<>(List.of(CandidateType.values()));
		types.remove(CandidateType.POLLING);
		this.costs = new Comparison<>(this.costs.title(), COSTS, costs(laboratory, types));
		JmhRounds jmh = new JmhRounds(laboratory.redis().port(), laboratory.size().rounds(),
				laboratory.size().iteration());
		this.oneThread = new Comparison<>(this.oneThread.title(), SPEED, jmh.uncontended(types, 1));
		this.manyThreads = new Comparison<>(this.manyThreads.title(), SPEED, jmh.uncontended(MANY_THREADS, 16));
		Chart chart = new Chart("Acquisitions that nobody else wants, per second", "per second");
		for (CandidateType type : types) {
			chart.add(type.title(), this.oneThread.title(), this.oneThread.median(type, THROUGHPUT));
			chart.add(type.title(), this.manyThreads.title(), this.manyThreads.median(type, THROUGHPUT));
		}
		laboratory.page()
			.fill("uncontended", laboratory.bars(chart, "uncontended") + laboratory.report(this.oneThread)
					+ laboratory.report(this.manyThreads) + laboratory.report(this.costs));
	}

	@Override
	public void judge(Targets targets) {
		targets.atMost("uncontended: round trips of one acquisition and its release", 2.05,
				this.costs.median(CandidateType.REDISLOCKED, ROUND_TRIPS));
		targets.atLeast("uncontended, one thread, on Lettuce: throughput by that of the bare commands", 0.9,
				this.oneThread.median(CandidateType.REDISLOCKED, THROUGHPUT)
						/ this.oneThread.median(CandidateType.FLOOR, THROUGHPUT));
		targets.atLeast("uncontended, one thread, on Jedis: throughput by that of the bare commands", 0.9,
				this.oneThread.median(CandidateType.REDISLOCKED_JEDIS, THROUGHPUT)
						/ this.oneThread.median(CandidateType.FLOOR_JEDIS, THROUGHPUT));
		targets.atLeast("16 threads on own keys: throughput by that of Redisson `RLock`", 3,
				this.manyThreads.median(CandidateType.REDISLOCKED, THROUGHPUT)
						/ this.manyThreads.median(CandidateType.REDISSON, THROUGHPUT));
	}

	private static Map<CandidateType, Rounds<RedisWork>> costs(Laboratory laboratory, List<CandidateType> types)
			throws InterruptedException {
		Map<CandidateType, Rounds<RedisWork>> costs = new LinkedHashMap<>();
		for (CandidateType type : types) {
			try (Candidate candidate = type.open(laboratory.redis().port())) {
				acquire(candidate, 10);
				RedisWork before = laboratory.probe().work();
				acquire(candidate, COUNTED);
				costs.put(type, new Rounds<>(List.of(laboratory.probe().work().since(before))));
			}
		}
		return costs;
	}

	private static void acquire(Candidate candidate, int times) throws InterruptedException {
		for (int i = 0; i < times; i++) {
			Hold hold = candidate.acquire("uncontended");
			if (hold == null) {
				throw new IllegalStateException("A free lock could not be had");
			}
			hold.close();
		}
	}

	private static double per(double work) {
		return work / COUNTED;
	}

}
