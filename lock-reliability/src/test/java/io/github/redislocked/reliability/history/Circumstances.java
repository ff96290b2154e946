/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.history;

import java.util.List;
import java.util.stream.Stream;

/**
 * What else happened around a violation: what helps to find its cause when the servers
 * and processes are gone.
 */
public final class Circumstances {

	/** Some faults are felt for as long as a short lease after they have settled. */
	private static final long BEFORE = 5_000_000_000L;

	private static final long AFTER = 200_000_000;

	private static final int MOST_FAILURES = 12;

	private Circumstances() {
	}

	/**
	 * Describes them.
	 * @param history what happened
	 * @param violation what ought not to have
	 * @return the violation, and a line for each disturbance and error shortly before it
	 */
	public static Violation describe(History history, Violation violation) {
		long from = violation.at() - BEFORE;
		long to = violation.at() + AFTER;
		Stream<String> disturbances = history.disturbances()
			.stream()
			.filter((one) -> one.begin() <= to && one.settledAt() >= from)
			.map((one) -> "%s, from %d to %d, settled at %d ms".formatted(one.fault(), millis(one.begin(), violation),
					millis(one.end(), violation), millis(one.settledAt(), violation)));
		Stream<String> failures = history.processes()
			.stream()
			.flatMap((process) -> failures(process, violation, from, to));
		List<String> lines = Stream.concat(disturbances, failures).toList();
		return new Violation(violation.check(), violation.key(), violation.at(),
				violation.what() + "\n\t" + String.join("\n\t", lines));
	}

	private static Stream<String> failures(ProcessLife process, Violation violation, long from, long to) {
		List<Failure> failures = process.failures()
			.stream()
			.filter((failure) -> failure.at() >= from && failure.at() <= to)
			.toList();
		return failures.stream()
			.skip(Math.max(0, failures.size() - MOST_FAILURES))
			.map((failure) -> "process %d, at %d ms: %s".formatted(process.number(), millis(failure.at(), violation),
					failure.what()));
	}

	// As seen from the violation: before it if negative.
	private static long millis(long at, Violation violation) {
		return (at - violation.at()) / 1_000_000;
	}

}
