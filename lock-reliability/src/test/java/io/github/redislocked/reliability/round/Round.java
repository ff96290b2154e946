/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.round;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several seasons, some of them at once, and what the checkers say of all of them.
 */
final class Round {

	/**
	 * With more of them, something is wrong with the machine or the suite.
	 */
	private static final int MOST_BROKEN_OFF = 2;

	private final Path directory;

	private final long seed = Long.getLong("reliability.seed", System.nanoTime() % 1_000_000);

	private final AtomicReference<Verdict> verdict = new AtomicReference<>(Verdict.none());

	private final AtomicInteger seasons = new AtomicInteger();

	private final AtomicInteger brokenOff = new AtomicInteger();

	Round(Path directory) {
		this.directory = directory;
		System.out.println("[round] seed " + this.seed);
	}

	long seed() {
		return this.seed;
	}

	Verdict verdict() {
		return this.verdict.get();
	}

	int seasons() {
		return this.seasons.get();
	}

	/**
	 * Plays a season, and adds what the checkers say. Seasons may be played at once.
	 * @param season the season
	 * @param atLeast how long faults strike at least
	 * @param operations how many operations there are to be at least
	 * @param manyKeys whether there are very many keys for a while
	 * @throws Exception if it cannot go on
	 */
	void play(Season<?> season, Duration atLeast, long operations, boolean manyKeys) throws Exception {
		int number = this.seasons.getAndIncrement();
		long begin = System.nanoTime();
		Verdict one = verdict(season, number, atLeast, operations, manyKeys);
		Verdict all = this.verdict.accumulateAndGet(one, Verdict::plus);
		System.out.printf(
				"[round] season %d (%s, seed %d): %d s, %d operations, %d faults, %d violations, %d excluded; %d and %d so far%n",
				number, season.name(), this.seed + number, (System.nanoTime() - begin) / 1_000_000_000,
				one.operations(), one.faultCount(), one.violations().size(), one.excludedCount(), all.operations(),
				all.faultCount());
		one.longestWaits()
			.forEach((fault, wait) -> System.out.printf("[round]   %s: longest wait %d ms%n", fault, wait / 1_000_000));
		one.violations().forEach((violation) -> System.out.println("[round] " + violation));
		one.complaints().forEach((complaint) -> System.out.println("[round] " + complaint));
		one.skipped().forEach((skipped) -> System.out.println("[round] skipped: " + skipped));
	}

	// What others have found is worth a report, even if one is broken off.
	private Verdict verdict(Season<?> season, int number, Duration atLeast, long operations, boolean manyKeys)
			throws Exception {
		Path history = Files.createDirectory(this.directory.resolve("season-" + number));
		try {
			return season.play(history, this.seed + number, atLeast, operations, manyKeys);
		}
		catch (RuntimeException ex) {
			if (this.brokenOff.incrementAndGet() > MOST_BROKEN_OFF) {
				throw ex;
			}
			ex.printStackTrace(System.out);
			return Verdict.brokenOff("%s, seed %d: %s".formatted(season.name(), this.seed + number, ex));
		}
	}

	/**
	 * Does the same several times at once, and waits for the end.
	 * @param lanes how many times
	 * @param lane what to do
	 * @throws Exception if one of them failed
	 */
	void inLanes(int lanes, Callable<Void> lane) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(lanes);
		try {
			for (Future<Void> done : threads.invokeAll(Collections.nCopies(lanes, lane))) {
				done.get();
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	void assertPromisesKept() {
		assertThat(verdict().violations()).as("seed %d", this.seed).isEmpty();
		assertThat(verdict().complaints()).as("seed %d", this.seed).isEmpty();
	}

}
