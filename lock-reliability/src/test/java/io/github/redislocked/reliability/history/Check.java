/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.history;

/**
 * What a history is checked for.
 */
public enum Check {

	/** No two holders at once while their leases say that they are held. */
	EXCLUSION("C1"),

	/** Fencing tokens grow in the order of grants, and no stale write is accepted. */
	FENCING("C2"),

	/** A caller returns in time, and a free lock does not keep a caller waiting. */
	BOUNDED_WAIT("C3"),

	/** Nothing stays in Redis for a caller that has gone. */
	NO_ORPHAN("C4"),

	/** What holders count without any other guard is exact. */
	COUNTER("C5"),

	/** A holder that lost its lock is told in time. */
	LOSS_TOLD("C6"),

	/** Threads, connections and subscriptions do not pile up. */
	NO_LEAK("C7"),

	/** There is one order of all grants and ends that a lock can have had. */
	LINEARIZABLE("C8");

	private final String number;

	Check(String number) {
		this.number = number;
	}

	@Override
	public String toString() {
		return this.number + " " + name().toLowerCase().replace('_', ' ');
	}

}
