/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.report;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PageTests {

	private final Page page = Page.ofTemplate();

	@TempDir
	private Path directory;

	@Test
	void whenPlaceIsFilledThenItsTextStandsThere() {
		this.page.fill("growth-keys", "$1 and \\ as they are");
		assertThat(this.page.toString()).contains("### Keys", "$1 and \\ as they are").doesNotContain("{{");
	}

	@Test
	void whenPlaceIsLeftThenThePageSaysSo() {
		assertThat(this.page.toString()).contains("*Not measured in this run.*").doesNotContain("{{");
	}

	@Test
	void whenPlaceIsUnknownThenItIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.page.fill("no-such-place", ""));
	}

	@Test
	void whenMachineIsDescribedThenItHasNoNames() {
		assertThat(Machine.describe("7.0.15")).contains("| cores | ", "| Redis | 7.0.15", "JMH 1.37", "Redisson 4.")
			.doesNotContain(System.getProperty("user.home"), "/");
	}

	@Test
	void whenTargetsAreJudgedThenEachHasItsVerdict() {
		Targets targets = new Targets();
		targets.atLeast("faster", 3, 3.5);
		targets.atMost("shorter", 0.25, 0.5);
		targets.atMost("unknown", 1, Double.NaN);
		assertThat(targets.toString()).contains("| faster | ≥ 3 | 3.5 | yes |", "| shorter | ≤ 0.25 | 0.5 | **no** |",
				"| unknown | ≤ 1 | – | not measured |");
	}

	@Test
	void whenChartsAreDrawnThenTheyArePictures() throws Exception {
		Chart chart = new Chart("Some figures", "per second").logarithmic();
		chart.add("one", "1", 10);
		chart.add("one", "10", 100);
		chart.add("other", "1", 20);
		chart.add("other", "10", 0);
		chart.drawBars(this.directory.resolve("charts/bars.svg"));
		chart.drawLines("number", this.directory.resolve("charts/lines.svg"));
		assertThat(Files.readString(this.directory.resolve("charts/bars.svg"))).contains("<svg", "<path");
		assertThat(Files.readString(this.directory.resolve("charts/lines.svg"))).contains("<svg", "<path");
	}

}
