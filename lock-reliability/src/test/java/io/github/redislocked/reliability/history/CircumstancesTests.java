/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.history;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CircumstancesTests {

	private static final long SECOND = 1_000_000_000;

	private static final Violation VIOLATION = new Violation(Check.BOUNDED_WAIT, "k1", 60 * SECOND, "an error");

	@Test
	void whenFaultsAndErrorsCameShortlyBeforeThenTheyAreNamed() {
		History history = history(List.of(fault("long ago", 53, 54), fault("settled late", 55, 57)),
				List.of(new Failure(54 * SECOND, "forgotten"), new Failure(59 * SECOND, "no answer"),
						new Failure(61 * SECOND, "later")));
		assertThat(Circumstances.describe(history, VIOLATION)).hasToString("""
				C3 bounded wait, k1, at 60000000000: an error
					settled late, from -5000 to -4000, settled at -3000 ms
					process 7, at -1000 ms: no answer""");
	}

	@Test
	void whenThereWereManyErrorsThenTheLastOfThemAreNamed() {
		List<Failure> many = LongStream.range(0, 40)
			.mapToObj((i) -> new Failure(59 * SECOND + i, "number " + i))
			.toList();
		assertThat(Circumstances.describe(history(List.of(), many), VIOLATION).what().lines()).hasSize(13)
			.last()
			.asString()
			.endsWith("number 39");
	}

	private static Disturbance fault(String name, long begin, long settledAt) {
		return new Disturbance(name, begin * SECOND, (begin + 1) * SECOND, settledAt * SECOND, true, Set.of(), 0);
	}

	private static History history(List<Disturbance> disturbances, List<Failure> failures) {
		return new History(List.of(), List.of(new ProcessLife(7, "p7", 0, Long.MAX_VALUE, List.of(), failures)),
				disturbances, List.of(), Map.of(), List.of(), SECOND, 90 * SECOND);
	}

}
