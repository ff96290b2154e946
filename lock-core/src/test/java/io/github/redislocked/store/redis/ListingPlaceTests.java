/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ListingPlace}, whose text comes back from wherever it was sent.
 */
class ListingPlaceTests {

	@ParameterizedTest
	@ValueSource(strings = { "0-16383.0123456789.abcdef0123.18446744073709551615", "7-7.0123456789.-.0" })
	void whenWrittenThenReadAgain(String text) {
		assertThat(ListingPlace.parse(text)).hasToString(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "0", "17", "-.-.-.0", "0-16383.0123456789.-", "0-16383.0123456789.-.0.",
			"0-16383.0123456789.-.0\n", "0-16384.0123456789.-.0", "2-1.0123456789.-.0", "5.0123456789.-.0",
			"0-16383.012345678.-.0", "0-16383.012345678X.-.0", "0-16383.0123456789..0", "0-16383.0123456789.-.",
			"0-16383.0123456789.-.-1", "0-16383.0123456789.-.18446744073709551616", "0-16383.0123456789.- *.0",
			"0-99999999999.0123456789.-.0" })
	void whenItIsNothingOfOursThenRefusedWithAWayOut(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> ListingPlace.parse(text))
			.withMessageContaining("cursor")
			.withMessageContaining("nextCursor")
			.withMessageContaining("none to begin");
	}

	@Test
	void whenARedisKeyIsInTheSlotsThenItLeadsToTheServer() {
		ListingPlace place = ListingPlace.parse("1584-1716.0123456789.-.0");
		assertThat(List.of("{3}", "{7}")).allMatch(place::isServing);
		assertThat(List.of("{0}", "{1}", "{2}")).noneMatch(place::isServing);
		assertThat(ListingPlace.START.isServing("{0}")).isTrue();
	}

}
