/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import java.util.List;

import io.github.redislocked.sample.live.Happening.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.BDDMockito;

import static org.assertj.core.api.Assertions.assertThat;

class PerformanceTests {

	private final Show show = Show.of(ShowKind.BUYERS, true);

	private final Performance performance = new Performance(this.show, new Instance("one"), BDDMockito.mock(Feed.class),
			BDDMockito.mock(Customers.class));

	@BeforeEach
	void begin() {
		happens(Kind.BEGIN, "one", null);
		happens(Kind.WAIT, "one", "buyer 1");
		happens(Kind.ENTER, "one", "buyer 1");
		happens(Kind.RENEWED, "one", "buyer 1");
	}

	@Test
	void whenEachLeavesBeforeTheNextEntersThenOneIsInsideAtMost() {
		happens(Kind.SOLD, "one", "buyer 1");
		happens(Kind.ENTER, "two", "buyer 2");
		happens(Kind.REFUSED, "two", "buyer 2");
		happens(Kind.ENTER, "two", "buyer 3");
		happens(Kind.DONE, "two", "buyer 3");
		happens(Kind.ENTER, "two", "buyer 4");
		assertThat(this.performance.mostInside()).isOne();
	}

	@Test
	void whenAnotherEntersInBetweenThenTwoAreInsideAtMost() {
		happens(Kind.ENTER, "two", "buyer 1");
		happens(Kind.SOLD, "two", "buyer 1");
		happens(Kind.REFUSED, "one", "buyer 1");
		happens(Kind.ENTER, "one", "buyer 3");
		assertThat(this.performance.mostInside()).isEqualTo(2);
	}

	private void happens(Kind kind, String instance, String caller) {
		Happening happening = new Happening(kind, this.show, instance, caller, caller, null, null, null);
		this.performance.accept(List.of(new Entry("1-1", happening, new Figures(0, 0, 0, 0))));
	}

}
