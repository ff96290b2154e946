/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.growth;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.redislocked.benchmarks.candidate.Candidate;
import io.github.redislocked.benchmarks.candidate.CandidateType;
import io.github.redislocked.benchmarks.candidate.Hold;
import io.github.redislocked.benchmarks.footprint.Usage;

/**
 * A process that locks one key after the other, each of them once, and says after every
 * tenth of them how fast it was and what its heap holds.
 */
public final class KeySweepChild {

	static final int STEPS = 10;

	private static final int THREADS = 16;

	private KeySweepChild() {
	}

	/**
	 * Runs the process.
	 * @param arguments the candidate, the port of Redis, the number of keys
	 * @throws IOException if the parent has gone
	 * @throws InterruptedException never
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		int keys = Integer.parseInt(arguments[2]);
		Candidate candidate = CandidateType.of(arguments[0]).open(Integer.parseInt(arguments[1]));
		AtomicInteger next = new AtomicInteger();
		// Not counted: the first step would otherwise show what starting costs.
		sweep(candidate, next, keys / STEPS);
		int first = next.get();
		for (int step = 1; step <= STEPS; step++) {
			long begin = System.nanoTime();
			int last = first + (int) ((long) keys * step / STEPS);
			int before = next.get();
			sweep(candidate, next, last);
			double seconds = (System.nanoTime() - begin) / (double) TimeUnit.SECONDS.toNanos(1);
			System.out.println((last - before) / seconds + " " + Usage.now().heap());
		}
		while (System.in.read() >= 0) {
			// Until the parent has looked at Redis.
		}
		Runtime.getRuntime().halt(0);
	}

	private static void sweep(Candidate candidate, AtomicInteger next, int end) throws InterruptedException {
		Thread[] threads = new Thread[THREADS];
		for (int i = 0; i < THREADS; i++) {
			threads[i] = new Thread(() -> lockEach(candidate, next, end), "sweep");
			threads[i].start();
		}
		for (Thread thread : threads) {
			thread.join(Duration.ofHours(1).toMillis());
		}
		next.set(end);
	}

	private static void lockEach(Candidate candidate, AtomicInteger next, int end) {
		try {
			for (int key = next.getAndIncrement(); key < end; key = next.getAndIncrement()) {
				Hold hold = candidate.acquire("sweep-" + key);
				if (hold == null) {
					throw new IllegalStateException("A free lock could not be had");
				}
				hold.close();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
