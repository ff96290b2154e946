/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.report;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class FiguresTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "0 | 0", "0.00012345 | 0.000", "0.12345 | 0.123", "1.2345 | 1.23",
			"12.345 | 12.3", "1234.5 | 1,230", "1234567 | 1,230,000", "NaN | –", "Infinity | ∞" })
	void whenFigureIsWrittenThenItHasThreeDigits(double figure, String text) {
		assertThat(Figures.of(figure)).isEqualTo(text);
	}

}
