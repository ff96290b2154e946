/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.redislocked.reliability.history.Check;
import io.github.redislocked.reliability.history.Disturbance;
import io.github.redislocked.reliability.server.Servers;

/**
 * The faults that have struck, and what the servers did without one: on a busy machine
 * one of them may be taken for dead that is only slow, and another take its place without
 * all that it had acknowledged.
 */
final class Disturbances {

	private static final String FAIL_OVER = "a fail-over that no fault has caused";

	/** Sentinel tells a primary that has been replaced eight seconds later. */
	private static final Duration AGREED = Duration.ofSeconds(12);

	private final Servers servers;

	private final Duration longestLease;

	private final List<Disturbance> all = new ArrayList<>();

	private Set<Integer> primaries;

	private long failOvers;

	private long seenAt;

	Disturbances(Servers servers, Duration longestLease) {
		this.servers = servers;
		this.longestLease = longestLease;
		seen();
	}

	/**
	 * Notes a fault, and the primaries that there are since then if it has replaced one.
	 * @param fault the fault
	 * @param begin when it began
	 * @param end when it had ended
	 */
	void struck(Fault fault, long begin, long end) {
		this.all.add(new Disturbance(fault.name(), begin, end, end + fault.settling().toNanos(), fault.errorsExpected(),
				fault.excludes(), end + this.longestLease.toNanos()));
		if (fault.revival() != null) {
			seen();
		}
	}

	/**
	 * Looks whether the primaries are those that they are meant to be, and have been all
	 * the time.
	 */
	void look() {
		long before = this.seenAt;
		Set<Integer> expected = this.primaries;
		long known = this.failOvers;
		seen();
		if (!this.primaries.equals(expected) || this.failOvers != known) {
			this.all.add(new Disturbance(FAIL_OVER, before, this.seenAt, this.seenAt + AGREED.toNanos(), true,
					Set.of(Check.EXCLUSION, Check.COUNTER, Check.LINEARIZABLE, Check.LOSS_TOLD),
					this.seenAt + AGREED.plus(this.longestLease).toNanos()));
		}
	}

	List<Disturbance> all() {
		return List.copyOf(this.all);
	}

	private void seen() {
		this.primaries = this.servers.primaries();
		this.failOvers = this.servers.failOvers();
		this.seenAt = System.nanoTime();
	}

}
