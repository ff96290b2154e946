/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.history;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Span}.
 */
class SpanTests {

	@Test
	void whenSpansOverlapThenTheyAreJoined() {
		assertThat(Span.union(List.of(new Span(5, 8), new Span(1, 3), new Span(2, 4), new Span(6, 7))))
			.containsExactly(new Span(1, 4), new Span(5, 8));
	}

	@Test
	void whenAStretchIsPartlyCoveredThenOnlyThatIsCounted() {
		List<Span> spans = List.of(new Span(1, 4), new Span(6, Long.MAX_VALUE));
		assertThat(Span.overlap(spans, 2, 8)).isEqualTo(4);
		assertThat(Span.overlap(spans, 4, 6)).isZero();
	}

}
