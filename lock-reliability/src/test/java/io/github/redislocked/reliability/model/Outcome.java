/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.model;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What TLC has found.
 *
 * @param violated the property that does not hold, or {@code null} if all of them hold in
 * all states
 * @param states the number of different states
 * @param reached the situations that have been reached
 * @param output everything it has written
 */
record Outcome(@Nullable String violated, long states, Set<String> reached, String output) {

	/**
	 * What TLC calls every property that says what happens in the end.
	 */
	static final String TEMPORAL = "a temporal property";

	private static final Pattern VIOLATED = Pattern.compile("(?m)^Error: Invariant (\\w+) is violated");

	private static final Pattern TEMPORAL_VIOLATED = Pattern.compile("(?m)^Error: Temporal properties were violated");

	private static final Pattern COMPLETED = Pattern
		.compile("(?m)^Model checking completed\\. No error has been found\\.");

	private static final Pattern STATES = Pattern.compile("(?m)^\\d+ states generated, (\\d+) distinct states found");

	private static final Pattern REACHED = Pattern.compile("(?m)^\"Reached: (.+)\"$");

	/**
	 * Reads what TLC has written.
	 * @param output its output
	 * @return the outcome
	 * @throws IllegalStateException if it neither completed nor found a violation: then
	 * nothing has been checked
	 */
	static Outcome of(String output) {
		String violated = null;
		Matcher violation = VIOLATED.matcher(output);
		if (violation.find()) {
			violated = violation.group(1);
		}
		else if (TEMPORAL_VIOLATED.matcher(output).find()) {
			violated = TEMPORAL;
		}
		else if (!COMPLETED.matcher(output).find()) {
			throw new IllegalStateException("TLC has checked nothing:\n" + output);
		}
		long states = 0;
		Matcher count = STATES.matcher(output);
		while (count.find()) {
			states = Long.parseLong(count.group(1));
		}
		Set<String> reached = new TreeSet<>();
		REACHED.matcher(output).results().forEach((match) -> reached.add(match.group(1)));
		return new Outcome(violated, states, reached, output);
	}

	@Override
	public String toString() {
		return "%s in %d states; reached %s%n%s".formatted(
				(this.violated != null) ? this.violated + " violated" : "no violation", this.states, this.reached,
				this.output);
	}

}
