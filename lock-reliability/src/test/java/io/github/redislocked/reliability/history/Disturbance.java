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
