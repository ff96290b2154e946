/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.redislocked.benchmarks.jmh.JmhResult;
import io.github.redislocked.benchmarks.jmh.JmhRounds;
import io.github.redislocked.benchmarks.report.Figures;
import io.github.redislocked.benchmarks.report.Table;
import io.github.redislocked.benchmarks.report.Targets;

/**
 * What metrics cost a lock that nobody else wants.
 */
final class ObserverPart implements Part {

	private final Map<String, String> titles = new LinkedHashMap<>();

	ObserverPart() {
		this.titles.put("none", "no registry");
		this.titles.put("noop", "observations that are switched off");
		this.titles.put("meters", "counters and gauges");
		this.titles.put("timers", "counters, gauges and timers");
		this.titles.put("observations", "all that Spring Boot makes of it by default");
	}

	@Override
	public void measure(Laboratory laboratory) {
		Map<String, Rounds<JmhResult>> results = new JmhRounds(laboratory.redis().port(), laboratory.size().rounds(),
				laboratory.size().iteration())
			.observers();
		Table table = new Table(List.of("", "nanoseconds per call", "bytes per call"));
		this.titles.forEach((type, title) -> {
			Rounds<JmhResult> rounds = results.getOrDefault(type, new Rounds<>(List.of()));
			table.row(List.of(title, Figures.of(rounds.median(JmhResult::score)),
					Figures.of(rounds.median(JmhResult::bytes))));
		});
		laboratory.page().fill("observers", table.toString());
	}

	@Override
	public void judge(Targets targets) {
		// None was set.
	}

}
