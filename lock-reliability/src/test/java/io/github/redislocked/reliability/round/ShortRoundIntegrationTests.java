/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.round;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each fault at least once, and the checkers over all that processes with locks did and
 * saw meanwhile. {@code -Dreliability.seed} repeats the choices of a run.
 */
@DisabledOnOs(OS.WINDOWS)
@DisabledIfSystemProperty(named = "reliability.round", matches = "long")
@EnabledIfSystemProperty(named = "reliability.round", matches = "short")
class ShortRoundIntegrationTests {

	private static final long OPERATIONS = 200_000;

	@TempDir
	Path directory;

	@Test
	void whenEachFaultStrikesThenPromisesAreKept() throws Exception {
		long seed = Long.getLong("reliability.seed", System.nanoTime() % 1_000_000);
		System.out.println("[round] seed " + seed);
		Verdict all = Verdict.none();
		List<Season> seasons = Season.all();
		// The last one has the fewest faults, and brings the number up to what is wanted.
		for (int i = 0; i < seasons.size(); i++) {
			Season season = seasons.get(i);
			boolean last = i == seasons.size() - 1;
			long begin = System.nanoTime();
			Verdict verdict = season.play(Files.createDirectory(this.directory.resolve("season-" + i)), seed,
					Duration.ZERO, last ? OPERATIONS - all.operations() : 0, i == 0);
			System.out.printf("[round] %s: %d s, %d operations, %d granted, %d faults, %d violations, %d excluded%n",
					season.name(), (System.nanoTime() - begin) / 1_000_000_000, verdict.operations(), verdict.grants(),
					verdict.faultCount(), verdict.violations().size(), verdict.excluded().size());
			verdict.longestWaits()
				.forEach((fault, wait) -> System.out.printf("[round]   %s: longest wait %d ms%n", fault,
						wait / 1_000_000));
			verdict.violations().forEach((violation) -> System.out.println("[round] " + violation));
			all = all.plus(verdict);
		}
		assertThat(all.violations()).as("seed %d", seed).isEmpty();
		assertThat(all.complaints()).as("seed %d", seed).isEmpty();
		assertThat(all.operations()).isGreaterThanOrEqualTo(OPERATIONS);
	}

}
