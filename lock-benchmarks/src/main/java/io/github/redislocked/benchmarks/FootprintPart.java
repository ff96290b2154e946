/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.redislocked.benchmarks.candidate.CandidateType;
import io.github.redislocked.benchmarks.footprint.Footprint;
import io.github.redislocked.benchmarks.footprint.FootprintRun;
import io.github.redislocked.benchmarks.footprint.RenewalRun;
import io.github.redislocked.benchmarks.report.Comparison;
import io.github.redislocked.benchmarks.report.Figures;
import io.github.redislocked.benchmarks.report.Metric;
import io.github.redislocked.benchmarks.report.Metric.Better;
import io.github.redislocked.benchmarks.report.Table;
import io.github.redislocked.benchmarks.report.Targets;
import org.jspecify.annotations.Nullable;

/**
 * What locks cost while they are held or awaited.
 */
final class FootprintPart implements Part {

	private static final List<Metric<Footprint>> METRICS = List.of(
			new Metric<>("measured", "locks", Better.NEITHER, Footprint::measured),
			new Metric<>("heap", "MB", Better.LESS, Footprint::heapMegabytes),
			new Metric<>("threads", "", Better.LESS, Footprint::threads),
			new Metric<>("subscriptions", "", Better.LESS, Footprint::subscriptions),
			new Metric<>("memory of Redis", "MB", Better.LESS, Footprint::redisMegabytes),
			new Metric<>("commands", "per s", Better.LESS, Footprint::commands));

	private RenewalRun.@Nullable Result renewal;

	@Override
	public void measure(Laboratory laboratory) {
		BenchmarkSize size = laboratory.size();
		FootprintRun run = new FootprintRun(laboratory.redis(), laboratory.probe(), size.locks());
		Map<CandidateType, Rounds<Footprint>> held = new LinkedHashMap<>();
		Map<CandidateType, Rounds<Footprint>> oneKey = new LinkedHashMap<>();
		Map<CandidateType, Rounds<Footprint>> ownKeys = new LinkedHashMap<>();
		for (CandidateType type : CandidateType.contending()) {
			held.put(type, once(run.held(type)));
			oneKey.put(type, once(run.awaited(type, true)));
			ownKeys.put(type, once(run.awaited(type, false)));
		}
		String number = "%,d ".formatted(size.locks());
		laboratory.page()
			.fill("footprint", laboratory.report(new Comparison<>(number + "locks held", METRICS, held))
					+ laboratory.report(new Comparison<>(number + "waiters for one key", METRICS, oneKey))
					+ laboratory.report(new Comparison<>(number + "waiters, each for its own key", METRICS, ownKeys)));
		RenewalRun.Result result = new RenewalRun(laboratory.redis(), laboratory.probe()).run(size.locks(),
				size.renewedExpire());
		this.renewal = result;
		Table table = new Table(List.of(
				"one renewal pass over %,d leases of %d s".formatted(size.locks(), size.renewedExpire().toSeconds()),
				""));
		table.row(List.of("commands per lease", Figures.of(result.commands())));
		table
			.row(List.of("reads of Redis per lease (less than one: several came at once)", Figures.of(result.reads())));
		table.row(List.of("leases lost", Long.toString(result.lost())));
		laboratory.page().fill("renewal", table.toString());
	}

	@Override
	public void judge(Targets targets) {
		RenewalRun.Result result = this.renewal;
		targets.atMost("many leases renewed: commands per lease and pass", 1.05,
				(result != null) ? result.commands() : Double.NaN);
		targets.atMost("many leases renewed: leases lost", 0, (result != null) ? result.lost() : Double.NaN);
	}

	private static Rounds<Footprint> once(Footprint footprint) {
		return new Rounds<>(List.of(footprint));
	}

}
