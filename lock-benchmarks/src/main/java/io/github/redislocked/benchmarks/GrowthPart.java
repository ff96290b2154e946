/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

import io.github.redislocked.benchmarks.candidate.CandidateType;
import io.github.redislocked.benchmarks.contention.ContentionResult;
import io.github.redislocked.benchmarks.contention.ContentionRun;
import io.github.redislocked.benchmarks.contention.Workload;
import io.github.redislocked.benchmarks.growth.KeySweep;
import io.github.redislocked.benchmarks.report.Chart;
import io.github.redislocked.benchmarks.report.Figures;
import io.github.redislocked.benchmarks.report.Table;
import io.github.redislocked.benchmarks.report.Targets;
import org.jspecify.annotations.Nullable;

/**
 * More waiters, more processes, more keys.
 */
final class GrowthPart implements Part {

	private static final List<CandidateType> TYPES = List.of(CandidateType.REDISLOCKED, CandidateType.REDISSON,
			CandidateType.SPRING_INTEGRATION_PUB_SUB);

	private static final double MEGABYTE = 1e6;

	private static final double BEND = 1.25;

	private @Nullable KeySweep sweep;

	@Override
	public void measure(Laboratory laboratory) {
		BenchmarkSize size = laboratory.size();
		laboratory.page().fill("growth-waiters", grow(laboratory, "waiters", size.waiters(), GrowthPart::waiters));
		laboratory.page()
			.fill("growth-processes",
					grow(laboratory, "processes", size.processes(), (processes) -> Workload.onOneKey(processes, 2)));
		laboratory.page()
			.fill("growth-keys",
					grow(laboratory, "keys", size.keys(), (keys) -> Workload.onOneKey(2, 8).overKeys(keys, 0)));
		KeySweep result = KeySweep.run(laboratory.redis(), laboratory.probe(), CandidateType.REDISLOCKED,
				size.sweptKeys());
		this.sweep = result;
		laboratory.page().fill("sweep", table(result));
	}

	@Override
	public void judge(Targets targets) {
		KeySweep result = this.sweep;
		targets.atMost("very many different keys: keys without a time to live", 0,
				(result != null) ? result.keysForEver() : Double.NaN);
		targets.atMost("very many different keys: growth of the heap, MB", 1,
				(result != null) ? Math.max(0, result.heapGrowth()) / MEGABYTE : Double.NaN);
	}

	// Of two processes, where there are two.
	private static Workload waiters(int number) {
		return (number == 1) ? Workload.onOneKey(1, 1) : Workload.onOneKey(2, number / 2);
	}

	private static String grow(Laboratory laboratory, String what, List<Integer> numbers,
			Function<Integer, Workload> workloads) {
		ContentionRun run = new ContentionRun(laboratory.redis(), laboratory.probe(), laboratory.size().warmUp(),
				laboratory.size().shortly());
		Chart throughput = new Chart("Acquisitions per second over the number of " + what, "per second").logarithmic();
		Chart bytes = new Chart("Bytes per acquisition over the number of " + what, "bytes").logarithmic();
		Map<Integer, Double> costs = new LinkedHashMap<>();
		Table table = new Table(List.of(what, "", "per s", "wait 99 %, ms", "scripts", "commands", "bytes"));
		for (int number : numbers) {
			for (CandidateType type : TYPES) {
				ContentionResult result = run.run(type, workloads.apply(number));
				throughput.add(type.title(), Integer.toString(number), result.throughput());
				bytes.add(type.title(), Integer.toString(number), result.bytes());
				if (type == CandidateType.REDISLOCKED) {
					costs.put(number, result.bytes());
				}
				table.row(List.of("%,d".formatted(number), type.title(), of(result, ContentionResult::throughput),
						of(result, ContentionResult::wait99), of(result, ContentionResult::scripts),
						of(result, ContentionResult::commands), of(result, ContentionResult::bytes)));
			}
		}
		return laboratory.lines(throughput, what, "growth-" + what)
				+ laboratory.lines(bytes, what, "growth-" + what + "-bytes") + bend(what, costs) + "\n\n" + table;
	}

	/**
	 * Says where the cost of an acquisition leaves its level.
	 * @param what what grows
	 * @param costs the costs, by how much of it there is
	 * @return a sentence
	 */
	static String bend(String what, Map<Integer, Double> costs) {
		double least = costs.values().stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
		List<String> bends = costs.entrySet()
			.stream()
			.filter((cost) -> cost.getValue() > BEND * least)
			.map((cost) -> "%,d (%s)".formatted(cost.getKey(), Figures.of(cost.getValue())))
			.toList();
		String level = "`redislocked` costs at least %s bytes per acquisition, ".formatted(Figures.of(least));
		return bends.isEmpty() ? level + "and nowhere a quarter more." : level
				+ "and more than a quarter more at this number of %s: %s.".formatted(what, String.join(", ", bends));
	}

	private static String of(ContentionResult result, ToDoubleFunction<ContentionResult> figure) {
		return Figures.of(figure.applyAsDouble(result));
	}

	private static String table(KeySweep sweep) {
		Table table = new Table(List.of("keys so far", "per s", "heap after garbage collection, MB"));
		for (int i = 0; i < sweep.steps().size(); i++) {
			KeySweep.Step step = sweep.steps().get(i);
			table.row(List.of("%,d".formatted((long) sweep.keys() * (i + 1) / sweep.steps().size()),
					Figures.of(step.throughput()), Figures.of(step.heap() / MEGABYTE)));
		}
		return "%s%nAt the end Redis held %,d keys, %,d of them without a time to live, in %s MB.%n".formatted(table,
				sweep.keysLeft(), sweep.keysForEver(), Figures.of(sweep.redisBytes() / MEGABYTE));
	}

}
