/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.contention;

import java.util.Random;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KeyChoiceTests {

	private static final int CHOICES = 100_000;

	@Test
	void whenThereIsOneKeyThenItIsChosen() {
		assertThat(chosen(1, 1)).containsExactly(CHOICES);
	}

	@Test
	void whenThereIsNoSkewThenAllKeysAreAlike() {
		for (int times : chosen(4, 0)) {
			assertThat(times).isCloseTo(CHOICES / 4, Offset.offset(1_000));
		}
	}

	@Test
	void whenThereIsSkewThenTheSecondKeyIsChosenHalfAsOften() {
		int[] times = chosen(3, 1);
		assertThat(times[0]).isCloseTo(CHOICES * 6 / 11, Offset.offset(1_000));
		assertThat(times[1]).isCloseTo(CHOICES * 3 / 11, Offset.offset(1_000));
		assertThat(times[2]).isCloseTo(CHOICES * 2 / 11, Offset.offset(1_000));
	}

	private static int[] chosen(int keys, double skew) {
		KeyChoice choice = new KeyChoice(keys, skew);
		Random random = new Random(42);
		int[] times = new int[keys];
		for (int i = 0; i < CHOICES; i++) {
			times[choice.next(random)]++;
		}
		return times;
	}

}
