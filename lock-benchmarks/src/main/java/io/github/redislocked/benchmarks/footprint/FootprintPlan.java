/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.footprint;

import java.util.List;
import java.util.Locale;

import io.github.redislocked.benchmarks.candidate.CandidateType;

/**
 * What the measured process is told on its command line.
 *
 * @param type the candidate
 * @param port where Redis listens on this machine
 * @param state what is measured
 * @param locks how many locks are held or awaited
 */
record FootprintPlan(CandidateType type, int port, State state, int locks) {

	List<String> arguments() {
		return List.of(this.type.id(), Integer.toString(this.port), this.state.name(), Integer.toString(this.locks));
	}

	static FootprintPlan of(String... arguments) {
		return new FootprintPlan(CandidateType.of(arguments[0]), Integer.parseInt(arguments[1]),
				State.valueOf(arguments[2].toUpperCase(Locale.ROOT)), Integer.parseInt(arguments[3]));
	}

	String key(int number) {
		return (this.state == State.AWAITED_ON_ONE_KEY) ? "key-0" : "key-" + number;
	}

	int keys() {
		return (this.state == State.AWAITED_ON_ONE_KEY) ? 1 : this.locks;
	}

	/** What is measured. */
	enum State {

		/** Locks that are held, each on its own key. */
		HELD,

		/** Waiters for one key. */
		AWAITED_ON_ONE_KEY,

		/** Waiters, each for its own key. */
		AWAITED_ON_OWN_KEYS

	}

}
