/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RoundsTests {

	@Test
	void whenRoundsAreOddThenMedianIsTheMiddleOne() {
		assertThat(new Rounds<>(List.of(9.0, 1.0, 3.0)).median(Double::doubleValue)).isEqualTo(3.0);
	}

	@Test
	void whenRoundsAreEvenThenMedianIsBetweenTheTwoInTheMiddle() {
		assertThat(new Rounds<>(List.of(9.0, 1.0, 3.0, 5.0)).median(Double::doubleValue)).isEqualTo(4.0);
	}

	@Test
	void whenARoundHasNoFigureThenMedianIsThatOfTheOthers() {
		assertThat(new Rounds<>(List.of(Double.NaN, 1.0, 3.0, 7.0)).median(Double::doubleValue)).isEqualTo(3.0);
	}

	@Test
	void whenThereIsNoFigureThenMedianIsNoNumber() {
		assertThat(new Rounds<>(List.of(Double.NaN)).median(Double::doubleValue)).isNaN();
	}

}
