/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.round;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;

import io.github.redislocked.reliability.history.Checker;
import io.github.redislocked.reliability.history.Circumstances;
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
 * @param faults how often each fault has struck, and what looked like one
 * @param longestWaits the longest wait for a free lock around each fault, in nanoseconds
 * @param violations what must not be
 * @param excluded how often there was what the promises do not cover, by what it was
 * @param complaints what must not be, and no history shows
 * @param skipped which seasons could not be played, and why
 */
record Verdict(long operations, long grants, Map<String, Integer> faults, Map<String, Long> longestWaits,
		List<Violation> violations, Map<String, Integer> excluded, List<String> complaints, Set<String> skipped) {

	static Verdict none() {
		return new Verdict(0, 0, Map.of(), Map.of(), List.of(), Map.of(), List.of(), Set.of());
	}

	static Verdict skipped(String what) {
		return new Verdict(0, 0, Map.of(), Map.of(), List.of(), Map.of(), List.of(), Set.of(what));
	}

	static Verdict brokenOff(String what) {
		return new Verdict(0, 0, Map.of(), Map.of(), List.of(), Map.of(), List.of("broken off: " + what), Set.of());
	}

	static Verdict of(History history, List<String> complaints) {
		Map<String, Integer> faults = new LinkedHashMap<>();
		for (Disturbance disturbance : history.disturbances()) {
			faults.merge(disturbance.fault(), 1, Integer::sum);
		}
		List<Violation> violations = new ArrayList<>();
		Map<String, Integer> excluded = new LinkedHashMap<>();
		for (Checker checker : Checker.ALL) {
			for (Violation violation : checker.check(history)) {
				history.disturbances()
					.stream()
					.filter((fault) -> fault.excludes(violation))
					.findFirst()
					.ifPresentOrElse(
							(fault) -> excluded.merge(violation.check() + " after " + fault.fault(), 1, Integer::sum),
							() -> violations.add(Circumstances.describe(history, violation)));
			}
		}
		return new Verdict(history.operations().size(),
				history.operations().stream().filter(Operation::isGranted).count(), faults,
				new FreeWaits(history, true).longestByFault(), violations, excluded, complaints, Set.of());
	}

	Verdict plus(Verdict other) {
		Set<String> bothSkipped = new LinkedHashSet<>(this.skipped);
		bothSkipped.addAll(other.skipped);
		return new Verdict(this.operations + other.operations, this.grants + other.grants,
				both(this.faults, other.faults, Integer::sum), both(this.longestWaits, other.longestWaits, Math::max),
				both(this.violations, other.violations), both(this.excluded, other.excluded, Integer::sum),
				both(this.complaints, other.complaints), bothSkipped);
	}

	int excludedCount() {
		return this.excluded.values().stream().mapToInt(Integer::intValue).sum();
	}

	int faultCount() {
		return this.faults.entrySet()
			.stream()
			.filter((fault) -> Disturbance.isFault(fault.getKey()))
			.mapToInt(Map.Entry::getValue)
			.sum();
	}

	private static <T> Map<String, T> both(Map<String, T> one, Map<String, T> other, BinaryOperator<T> sum) {
		Map<String, T> both = new LinkedHashMap<>(one);
		other.forEach((name, value) -> both.merge(name, value, sum));
		return both;
	}

	private static <T> List<T> both(List<T> one, List<T> other) {
		List<T> both = new ArrayList<>(one);
		both.addAll(other);
		return both;
	}

}
