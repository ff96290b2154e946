/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.round;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.redislocked.reliability.server.RedisProcess;
import org.junit.jupiter.api.Tag;
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
@Tag("alone")
class LongRoundIntegrationTests {

	private static final int OPERATIONS = 2_000_000;

	private static final int FAULTS = 1_500;

	private static final int LANES = Integer.getInteger("reliability.lanes", 4);

	private static final Duration SEASON = Duration.ofSeconds(120);

	/** With more operations at once, it is the processor that is put to the test. */
	private static final Duration PAUSE = Duration.ofMillis(50);

	@TempDir
	Path directory;

	private final int operations = Integer.getInteger("reliability.operations", OPERATIONS);

	private final int faults = Integer.getInteger("reliability.faults", FAULTS);

	private final AtomicInteger next = new AtomicInteger();

	@Test
	void whenManyFaultsStrikeThenPromisesAreKept() throws Exception {
		long begin = System.nanoTime();
		Round round = new Round(this.directory);
		String server = serverVersion();
		List<Canary> caught = new ArrayList<>();
		for (Canary canary : Canary.values()) {
			if (canary.find(Files.createDirectory(this.directory.resolve("canary-" + canary))).isPresent()) {
				caught.add(canary);
			}
		}
		List<Season<?>> seasons = order();
		round.inLanes(LANES, () -> {
			while (round.verdict().operations() < this.operations || round.verdict().faultCount() < this.faults) {
				int index = this.next.getAndIncrement() % seasons.size();
				round.play(seasons.get(index), SEASON, 0, index == 0);
			}
			return null;
		});
		RoundReport report = new RoundReport(round.verdict(), caught, round.seed(),
				Duration.ofNanos(System.nanoTime() - begin), round.seasons(), server, LocalDate.now());
		boolean whole = this.operations >= OPERATIONS && this.faults >= FAULTS;
		Files.writeString(Path.of(whole ? "../docs/reliability.md" : "target/reliability.md"), report.toString());
		round.assertPromisesKept();
		assertThat(caught).containsExactly(Canary.values());
	}

	// The soak, which has most of the faults, before each of the others.
	private static List<Season<?>> order() {
		List<Season<?>> all = Season.all().stream().<Season<?>>map((season) -> season.withPauses(PAUSE)).toList();
		List<Season<?>> order = new ArrayList<>();
		for (Season<?> other : all.subList(1, all.size())) {
			order.add(all.get(0));
			order.add(other);
		}
		return order.isEmpty() ? all : order;
	}

	private String serverVersion() throws Exception {
		try (RedisProcess redis = RedisProcess.server(Files.createDirectory(this.directory.resolve("version")))) {
			return "Redis " + redis.info("server").get("redis_version");
		}
	}

}
