/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.history;

import java.util.Set;

/**
 * When a fault was at work.
 *
 * @param fault its name
 * @param begin its begin, on the monotonic clock
 * @param end its end; what it caused may last longer
 * @param settledAt when all must be well again
 * @param errorsExpected whether callers may see errors meanwhile
 * @param excludes what the promises do not cover after it
 * @param excludedUntil until when
 */
public record Disturbance(String fault, long begin, long end, long settledAt, boolean errorsExpected,
		Set<Check> excludes, long excludedUntil) {

	/** A server took the place of another that was not dead. */
	public static final String FAIL_OVER = "a fail-over that no fault has caused";

	/** A server was late with an answer. */
	public static final String LATE_ANSWER = "a late answer that no fault has caused";

	/**
	 * Tells whether something like it was done to the servers or clients by the suite.
	 * @param name a name of a disturbance
	 * @return {@code false} if the machine has done it
	 */
	public static boolean isFault(String name) {
		return !name.equals(FAIL_OVER) && !name.equals(LATE_ANSWER);
	}

	/**
	 * Tells whether the promises do not cover a violation.
	 * @param violation the violation
	 * @return whether it is out of scope because of this fault
	 */
	public boolean excludes(Violation violation) {
		return this.excludes.contains(violation.check()) && violation.at() >= this.begin
				&& violation.at() <= this.excludedUntil;
	}

}
