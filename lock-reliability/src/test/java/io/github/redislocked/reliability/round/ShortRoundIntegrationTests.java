/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.round;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each fault at least once, and the checkers over all that processes with locks did and
 * saw meanwhile. {@code -Dreliability.seed} repeats the choices of a run,
 * {@code -Dreliability.season} plays only the seasons whose names match.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "freezes a process by a signal")
@DisabledIfSystemProperty(named = "reliability.round", matches = "long")
@Tag("alone")
class ShortRoundIntegrationTests {

	private static final long OPERATIONS = (System.getProperty("reliability.season") != null) ? 0 : 200_000;

	/** Most of the time a season waits for something. */
	private static final int LANES = 2;

	@TempDir
	Path directory;

	@Test
	void whenEachFaultStrikesThenPromisesAreKept() throws Exception {
		Round round = new Round(this.directory);
		List<Season<?>> seasons = Season.all();
		AtomicInteger next = new AtomicInteger();
		round.inLanes(LANES, () -> {
			for (int i = next.getAndIncrement(); i < seasons.size(); i = next.getAndIncrement()) {
				round.play(seasons.get(i), Duration.ZERO, 0, i == 0);
			}
			return null;
		});
		if (round.verdict().operations() < OPERATIONS) {
			round.play(Season.calm(), Duration.ZERO, OPERATIONS - round.verdict().operations(), false);
		}
		round.assertPromisesKept();
		assertThat(round.verdict().operations()).isGreaterThanOrEqualTo(OPERATIONS);
	}

}
