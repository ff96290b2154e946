/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.contention;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SlotsTests {

	@TempDir
	private Path directory;

	@Test
	void whenSomebodyIsInsideThenNobodyElseEntersThroughAnotherMapping() {
		try (Slots one = slots(); Slots other = slots()) {
			assertThat(one.enter(1, 7)).isTrue();
			assertThat(other.enter(1, 8)).isFalse();
			assertThat(other.enter(0, 8)).isTrue();
		}
	}

	@Test
	void whenSomebodyHasLeftThenTheNextSeesWhoAndWhen() {
		try (Slots one = slots(); Slots other = slots()) {
			long before = System.nanoTime();
			one.enter(1, 7);
			assertThat(one.leave(1, 7, 2)).isTrue();
			assertThat(other.enter(1, 8)).isTrue();
			assertThat(other.leftBy(1)).isEqualTo(2);
			assertThat(other.leftAt(1) - before).isBetween(0L, System.nanoTime() - before);
			assertThat(other.leftBy(0)).isZero();
		}
	}

	@Test
	void whenSomebodyElseIsInsideThenLeavingTellsSo() {
		try (Slots slots = slots()) {
			slots.enter(1, 7);
			assertThat(slots.leave(1, 8, 1)).isFalse();
		}
	}

	private Slots slots() {
		return Slots.open(this.directory.resolve("slots"), 2);
	}

}
