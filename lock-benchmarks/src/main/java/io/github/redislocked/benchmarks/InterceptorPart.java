/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks;

import java.util.List;
import java.util.Map;

import io.github.redislocked.benchmarks.jmh.JmhResult;
import io.github.redislocked.benchmarks.jmh.JmhRounds;
import io.github.redislocked.benchmarks.report.Figures;
import io.github.redislocked.benchmarks.report.Table;
import io.github.redislocked.benchmarks.report.Targets;

/**
 * What the lock itself costs a call.
 */
final class InterceptorPart implements Part {

	private static final Map<String, String> TITLES = Map.of("direct", "the method alone", "template",
			"`LockTemplate.execute`", "annotatedWithText", "`@RedisLocked(\"account\")`", "annotatedWithExpression",
			"`@RedisLocked(\"'account:' + #id\")`");

	@Override
	public void measure(Laboratory laboratory) {
		Map<String, Rounds<JmhResult>> results = new JmhRounds(laboratory.redis().port(), laboratory.size().rounds(),
				laboratory.size().iteration())
			.interceptor();
		Table table = new Table(List.of("", "nanoseconds per call", "bytes per call"));
		for (String name : List.of("direct", "template", "annotatedWithText", "annotatedWithExpression")) {
			Rounds<JmhResult> rounds = results.getOrDefault(name, new Rounds<>(List.of()));
			table.row(List.of(TITLES.getOrDefault(name, name), Figures.of(rounds.median(JmhResult::score)),
					Figures.of(rounds.median(JmhResult::bytes))));
		}
		laboratory.page().fill("interceptor", table.toString());
	}

	@Override
	public void judge(Targets targets) {
		// None was set.
	}

}
