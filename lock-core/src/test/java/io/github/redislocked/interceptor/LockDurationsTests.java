/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LockDurationsTests {

	@ParameterizedTest
	@CsvSource({ "10s, PT10S", "500ms, PT0.5S", "1m30s, PT1M30S", "PT10S, PT10S", "10, PT10S", "0, PT0S", "-5, PT-5S",
			"' 2h ', PT2H" })
	void whenTextIsDurationThenRead(String text, Duration expected) {
		assertThat(LockDurations.parse(text)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "  ", "-", "+", "()", "soon", "10 s", "1.5s", "10sec", "1s1m", "P",
			"99999999999999999999", "9223372036854775807h", "PT99999999999999999999S", "1h9223372036854775807s" })
	void whenTextIsNoDurationThenErrorSaysWhatToWrite(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> LockDurations.parse(text))
			.withMessage(
					"'%s' is no duration; write it like 10s, 500ms, 1m30s or PT10S, or as a bare number of seconds",
					text);
	}

	@Test
	void whenTextIsNullThenError() {
		assertThatIllegalArgumentException().isThrownBy(() -> LockDurations.parse(null))
			.withMessageStartingWith("null is no duration");
	}

}
