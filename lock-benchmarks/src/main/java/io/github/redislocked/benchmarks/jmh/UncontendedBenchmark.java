/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.redislocked.benchmarks.candidate.Candidate;
import io.github.redislocked.benchmarks.candidate.CandidateType;
import io.github.redislocked.benchmarks.candidate.Hold;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Takes a lock that nobody else wants, and gives it back. Every thread has a key of its
 * own.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class UncontendedBenchmark {

	/**
	 * Takes and gives back.
	 * @param lock the candidate
	 * @param key the key of this thread
	 * @throws InterruptedException if JMH interrupts it
	 */
	@Benchmark
	public void acquireAndRelease(Lock lock, Key key) throws InterruptedException {
		Hold hold = lock.candidate.acquire(key.name);
		if (hold == null) {
			throw new IllegalStateException("A free lock could not be had");
		}
		hold.close();
	}

	/**
	 * The candidate, which all threads share.
	 */
	@NullUnmarked
	@State(Scope.Benchmark)
	public static class Lock {

		/**
		 * Id of the candidate.
		 */
		@Param("redislocked")
		public String type;

		private Candidate candidate;

		/**
		 * Opens the candidate.
		 */
		@Setup
		public void open() {
			this.candidate = CandidateType.of(this.type).open(Integer.getInteger(JmhRounds.PORT));
		}

		/**
		 * Closes it.
		 */
		@TearDown
		public void close() {
			this.candidate.close();
		}

	}

	/**
	 * A key for each thread.
	 */
	@State(Scope.Thread)
	public static class Key {

		private static final AtomicInteger NUMBERS = new AtomicInteger();

		private final String name = "key-" + NUMBERS.incrementAndGet();

	}

}
