/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.contention;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.github.redislocked.benchmarks.candidate.CandidateType;

/**
 * What one process of a run is told on its command line.
 *
 * @param type the candidate
 * @param port where Redis listens on this machine
 * @param process number of the process, from 1
 * @param slots the shared memory
 * @param workload what to do
 */
record ChildPlan(CandidateType type, int port, int process, Path slots, Workload workload) {

	List<String> arguments() {
		return List.of(this.type.id(), Integer.toString(this.port), Integer.toString(this.process),
				this.slots.toString(), Integer.toString(this.workload.processes()),
				Integer.toString(this.workload.threads()), Integer.toString(this.workload.keys()),
				Double.toString(this.workload.skew()), this.workload.work().toString());
	}

	static ChildPlan of(String... arguments) {
		return new ChildPlan(CandidateType.of(arguments[0]), Integer.parseInt(arguments[1]),
				Integer.parseInt(arguments[2]), Path.of(arguments[3]),
				new Workload(Integer.parseInt(arguments[4]), Integer.parseInt(arguments[5]),
						Integer.parseInt(arguments[6]), Double.parseDouble(arguments[7]),
						Duration.parse(arguments[8])));
	}

}
