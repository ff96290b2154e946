/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.round;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each fault at least once, and the checkers over all that processes with locks did and
 * saw meanwhile. {@code -Dreliability.seed} repeats the choices of a run.
 */
@DisabledOnOs(OS.WINDOWS)
class ShortRoundIntegrationTests {

	@TempDir
	Path directory;

	@Test
	void whenEachFaultStrikesThenPromisesAreKept() throws Exception {
		long seed = Long.getLong("reliability.seed", System.nanoTime() % 1_000_000);
		System.out.println("[round] seed " + seed);
		Verdict all = Verdict.none();
		for (Season season : Season.all().subList(0, Integer.getInteger("reliability.seasons", 3))) {
			long begin = System.nanoTime();
			Path place = Files.createDirectory(this.directory.resolve(season.name().replace(' ', '-')));
			Verdict verdict = season.play(place, seed,
					Duration.ofSeconds(Integer.getInteger("reliability.seconds", 12)), all.operations() == 0);
			System.out.printf("[round] %s: %d s, %d operations, %d grants, %d faults, %d violations, %d excluded%n",
					season.name(), (System.nanoTime() - begin) / 1_000_000_000, verdict.operations(), verdict.grants(),
					verdict.faultCount(), verdict.violations().size(), verdict.excluded().size());
			verdict.longestWaits()
				.forEach((fault, wait) -> System.out.printf("[round]   %s x %d: longest wait %d ms%n", fault,
						verdict.faults().get(fault), wait / 1_000_000));
			verdict.violations().stream().limit(30).forEach((violation) -> System.out.println("[round] " + violation));
			all = all.plus(verdict);
		}
		assertThat(all.violations()).as("seed %d", seed).isEmpty();
		assertThat(all.complaints()).as("seed %d", seed).isEmpty();
		assertThat(all.operations()).isGreaterThan(200_000);
	}

}
