/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.round;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Seasons on several servers at once, one after the other, until enough has happened, and
 * {@code docs/reliability.md} of it. Runs with {@code -Dreliability.round=long}; with
 * {@code -Dreliability.operations}, {@code -Dreliability.faults} and
 * {@code -Dreliability.seed} a smaller one, or one again, which is written to
 * {@code target} unless it is large enough.
 */
@EnabledIfSystemProperty(named = "reliability.round", matches = "long")
class LongRoundIntegrationTests {

	private static final int OPERATIONS = 2_000_000;

	private static final int FAULTS = 1_500;

	private static final int LANES = Integer.getInteger("reliability.lanes", 3);

	private static final Duration SEASON = Duration.ofSeconds(120);

	@TempDir
	Path directory;

	private final int operations = Integer.getInteger("reliability.operations", OPERATIONS);

	private final int faults = Integer.getInteger("reliability.faults", FAULTS);

	private final long seed = Long.getLong("reliability.seed", System.nanoTime() % 1_000_000);

	private final AtomicReference<Verdict> all = new AtomicReference<>(Verdict.none());

	private final AtomicInteger seasons = new AtomicInteger();

	@Test
	void whenManyFaultsStrikeThenPromisesAreKept() throws Exception {
		System.out.println("[round] seed " + this.seed);
		long begin = System.nanoTime();
		List<Canary> caught = new ArrayList<>();
		for (Canary canary : Canary.values()) {
			if (canary.find(Files.createDirectory(this.directory.resolve("canary-" + canary))).isPresent()) {
				caught.add(canary);
			}
		}
		List<Callable<Void>> lanes = new ArrayList<>();
		for (int lane = 0; lane < LANES; lane++) {
			lanes.add(this::lane);
		}
		ExecutorService threads = Executors.newFixedThreadPool(LANES);
		for (Future<Void> done : threads.invokeAll(lanes)) {
			done.get();
		}
		threads.shutdown();
		RoundReport report = new RoundReport(this.all.get(), caught, this.seed,
				Duration.ofNanos(System.nanoTime() - begin), this.seasons.get());
		boolean whole = this.operations >= OPERATIONS && this.faults >= FAULTS;
		Files.writeString(Path.of(whole ? "../docs/reliability.md" : "target/reliability.md"), report.toString());
		assertThat(this.all.get().violations()).as("seed %d", this.seed).isEmpty();
		assertThat(this.all.get().complaints()).as("seed %d", this.seed).isEmpty();
		assertThat(caught).containsExactly(Canary.values());
	}

	private Void lane() throws Exception {
		List<Season> choice = Season.all();
		while (this.all.get().operations() < this.operations || this.all.get().faultCount() < this.faults) {
			int number = this.seasons.getAndIncrement();
			Season season = choice.get(number % choice.size());
			Verdict verdict = season.play(Files.createDirectory(this.directory.resolve("season-" + number)),
					this.seed + number, SEASON, 0, number % 5 == 0);
			Verdict sum = this.all.accumulateAndGet(verdict, Verdict::plus);
			System.out.printf("[round] season %d (%s, seed %d): %d operations, %d faults, %d violations, %d excluded%n",
					number, season.name(), this.seed + number, sum.operations(), sum.faultCount(),
					verdict.violations().size(), verdict.excluded().size());
			verdict.violations().forEach((violation) -> System.out.println("[round] " + violation));
			verdict.complaints().forEach((complaint) -> System.out.println("[round] " + complaint));
		}
		return null;
	}

}
