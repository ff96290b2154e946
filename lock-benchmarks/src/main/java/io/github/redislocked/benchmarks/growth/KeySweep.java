/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.growth;

import java.util.ArrayList;
import java.util.List;

import io.github.redislocked.benchmarks.Rounds;
import io.github.redislocked.benchmarks.candidate.CandidateType;
import io.github.redislocked.benchmarks.contention.ChildProcess;
import io.github.redislocked.benchmarks.redis.BenchmarkRedis;
import io.github.redislocked.benchmarks.redis.RedisProbe;

/**
 * What very many different keys, each locked once, leave behind.
 *
 * @param keys number of keys
 * @param steps what each tenth of the keys has shown
 * @param keysLeft keys in Redis at the end
 * @param keysForEver those of them without a time to live
 * @param redisBytes memory that Redis uses more than before
 */
public record KeySweep(int keys, List<Step> steps, long keysLeft, long keysForEver, long redisBytes) {

	private static final int HEAP_MEGABYTES = 256;

	/**
	 * Runs the sweep in a process of its own.
	 * @param redis the server
	 * @param probe a connection to it
	 * @param type the candidate
	 * @param keys number of keys
	 * @return what it has shown
	 */
	public static KeySweep run(BenchmarkRedis redis, RedisProbe probe, CandidateType type, int keys) {
		probe.flush();
		long memory = probe.memory();
		try (ChildProcess child = ChildProcess.start(KeySweepChild.class, HEAP_MEGABYTES,
				List.of(type.id(), Integer.toString(redis.port()), Integer.toString(keys)))) {
			List<Step> steps = new ArrayList<>();
			for (int step = 0; step < KeySweepChild.STEPS; step++) {
				steps.add(Step.parse(child.answer()));
			}
			return new KeySweep(keys, steps, probe.keys(), probe.keysForEver(), probe.memory() - memory);
		}
		finally {
			probe.flush();
		}
	}

	/**
	 * Returns by how much the heap has grown, from the first three tenths to the last
	 * three: single readings waver by more than a megabyte.
	 * @return the bytes, negative if it has shrunk
	 */
	public double heapGrowth() {
		int last = this.steps.size();
		return new Rounds<>(this.steps.subList(last - 3, last)).median(Step::heap)
				- new Rounds<>(this.steps.subList(0, 3)).median(Step::heap);
	}

	/**
	 * A tenth of the keys.
	 *
	 * @param throughput acquisitions per second
	 * @param heap bytes of the heap after garbage collection
	 */
	public record Step(double throughput, long heap) {

		static Step parse(String line) {
			String[] parts = line.split(" ");
			return new Step(Double.parseDouble(parts[0]), Long.parseLong(parts[1]));
		}

	}

}
