/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.round;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.redislocked.reliability.history.Check;
import io.github.redislocked.reliability.history.Disturbance;
import io.github.redislocked.reliability.history.Violation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link RoundReport}.
 */
class RoundReportTests {

	private static final Violation OVERLAP = new Violation(Check.EXCLUSION, "k1", 5, "two holders at once");

	private final Verdict verdict = new Verdict(2_000_001, 1_900_000, Map.of("F2 frozen", 3, "F1 killed", 1_500),
			Map.of("F2 frozen", 1_234_567_890L), List.of(), Map.of("C1 exclusion after F1 killed", 2), List.of(),
			Set.of("clock: no compiler"));

	@Test
	void whenAllIsWellThenSaysHowMuchWasChecked() {
		assertThat(report(List.of(Canary.values())).toString().lines())
			.contains("| operations checked | 2,000,001, 1,900,000 of them granted |", "| faults survived | 1,503 |",
					"| violations | 0 |", "| outside of what is promised | 2, see below |",
					"| C1 exclusion after F1 killed | 2 |", "| not played | clock: no compiler |",
					"| servers | Redis 6.2.11 |", "| canaries caught | 6 of 6 |", "| F1 killed | 1,500 | 0 ms |",
					"| F2 frozen | 3 | 1,234 ms |")
			.anyMatch((line) -> line
				.startsWith("| round | 2026-11-23, 41 minutes, 7 sites one after the other and at once, seed 12 |"))
			.noneMatch((line) -> line.contains("**no**"));
	}

	@Test
	void whenACanaryWasMissedThenSaysSo() {
		assertThat(report(List.of(Canary.BARE_SET)).toString().lines()).contains("| canaries caught | 1 of 6 |")
			.filteredOn((line) -> line.contains("**no**"))
			.hasSize(5);
	}

	@Test
	void whenASeasonWasBrokenOffThenSaysSoInOneLine() {
		Verdict verdict = this.verdict.plus(Verdict.brokenOff("soak, seed 12: IllegalStateException: why\n\tat Redis"));
		assertThat(report(verdict, List.of(Canary.values())).toString().lines()).contains(
				"| operations checked | 2,000,001, 1,900,000 of them granted |",
				"| **complaint** | broken off: soak, seed 12: IllegalStateException: why |");
	}

	@Test
	void whenVerdictsAreAddedThenCountsAreSumsAndWaitsAreTheLongest() {
		Verdict sum = this.verdict
			.plus(new Verdict(1, 1, Map.of("F2 frozen", 2, Disturbance.LATE_ANSWER, 7), Map.of("F2 frozen", 5L),
					List.of(OVERLAP), Map.of("C1 exclusion after F1 killed", 3), List.of("a complaint"), Set.of()));
		assertThat(sum.operations()).isEqualTo(2_000_002);
		assertThat(sum.faultCount()).isEqualTo(1_505);
		assertThat(sum.longestWaits()).containsEntry("F2 frozen", 1_234_567_890L);
		assertThat(sum.excludedCount()).isEqualTo(5);
		assertThat(sum.skipped()).hasSize(1);
		assertThat(sum.violations()).containsExactly(OVERLAP);
		assertThat(sum.complaints()).containsExactly("a complaint");
	}

	private RoundReport report(List<Canary> caught) {
		return report(this.verdict, caught);
	}

	private static RoundReport report(Verdict verdict, List<Canary> caught) {
		return new RoundReport(verdict, caught, 12, Duration.ofSeconds(41 * 60 + 30), 7, "Redis 6.2.11",
				LocalDate.of(2026, 11, 23));
	}

}
