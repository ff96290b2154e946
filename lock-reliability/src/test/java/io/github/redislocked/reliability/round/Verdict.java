/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.round;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.redislocked.reliability.history.Checker;
import io.github.redislocked.reliability.history.Disturbance;
import io.github.redislocked.reliability.history.FreeWaits;
import io.github.redislocked.reliability.history.History;
import io.github.redislocked.reliability.history.Operation;
import io.github.redislocked.reliability.history.Violation;

/**
 * What the checkers say of one history, or of several.
 *
 * @param operations how many operations were checked
 * @param grants how many of them were granted
 * @param faults how often each fault has struck
 * @param longestWaits the longest wait for a free lock around each fault, in nanoseconds
 * @param violations what must not be
 * @param excluded what the promises do not cover
 * @param complaints what must not be, and no history shows
 */
record Verdict(long operations, long grants, Map<String, Integer> faults, Map<String, Long> longestWaits,
		List<Violation> violations, List<Violation> excluded, List<String> complaints) {

	static Verdict none() {
		return new Verdict(0, 0, Map.of(), Map.of(), List.of(), List.of(), List.of());
	}

	static Verdict of(History history, List<String> complaints) {
		Map<String, Integer> faults = new LinkedHashMap<>();
		for (Disturbance disturbance : history.disturbances()) {
			faults.merge(disturbance.fault(), 1, Integer::sum);
		}
		List<Violation> violations = new ArrayList<>();
		List<Violation> excluded = new ArrayList<>();
		for (Checker checker : Checker.ALL) {
			for (Violation violation : checker.check(history)) {
				boolean out = history.disturbances().stream().anyMatch((fault) -> fault.excludes(violation));
				(out ? excluded : violations).add(violation);
			}
		}
		return new Verdict(history.operations().size(),
				history.operations().stream().filter(Operation::isGranted).count(), faults,
				new FreeWaits(history, true).longestByFault(), violations, excluded, complaints);
	}

	Verdict plus(Verdict other) {
		Map<String, Integer> bothFaults = new LinkedHashMap<>(this.faults);
		other.faults.forEach((name, count) -> bothFaults.merge(name, count, Integer::sum));
		Map<String, Long> bothWaits = new LinkedHashMap<>(this.longestWaits);
		other.longestWaits.forEach((name, wait) -> bothWaits.merge(name, wait, Math::max));
		return new Verdict(this.operations + other.operations, this.grants + other.grants, bothFaults, bothWaits,
				both(this.violations, other.violations), both(this.excluded, other.excluded),
				both(this.complaints, other.complaints));
	}

	int faultCount() {
		return this.faults.values().stream().mapToInt(Integer::intValue).sum();
	}

	private static <T> List<T> both(List<T> one, List<T> other) {
		List<T> both = new ArrayList<>(one);
		both.addAll(other);
		return both;
	}

}
