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
 * Tests of {@link LinearizabilityChecker}.
 */
class LinearizabilityCheckerTests {

	private final Ops ops = new Ops();

	@Test
	void whenLeasesFollowEachOtherThenThereIsAnOrder() {
		this.ops.add(this.ops.lease(0, 10, 1, 2, 5), this.ops.lease(1, 20, 1, 7, 9), this.ops.lease(2, 30, 1, 15, 20));
		this.ops.add(this.ops.lease(2, 31, 21, 22, 23).never().heldUntil(50), this.ops.lease(0, 40, 30, 51, 60));
		assertThat(violations()).isEmpty();
	}

	@Test
	void whenTwoHoldAtOnceThenThereIsNone() {
		this.ops.add(this.ops.lease(0, 10, 1, 2, 5), this.ops.lease(1, 20, 3, 7, 12), this.ops.lease(2, 30, 9, 11, 20));
		assertThat(violations()).singleElement()
			.asString()
			.startsWith("C8 linearizable, k7, at 11000000: no order explains")
			.contains("lease 30 of process 2");
	}

	@Test
	void whenTwoAskAtOnceThenTheFirstHolderHasTheSmallerFencingToken() {
		this.ops.add(this.ops.lease(0, 20, 1, 10, 11), this.ops.lease(1, 10, 2, 12, 13));
		assertThat(violations()).singleElement().asString().contains("lease 20 of process 0");
		Ops other = new Ops();
		other.add(other.lease(0, 10, 1, 10, 11), other.lease(1, 20, 2, 12, 13));
		assertThat(other.violations(new LinearizabilityChecker())).isEmpty();
	}

	@Test
	void whenAHolderWasToldOfItsLossThenTheNextMayHaveTheLock() {
		Ops.Row lost = this.ops.lease(0, 10, 1, 2, 30).lost();
		this.ops.add(lost, this.ops.lease(1, 20, 3, 12, 20));
		assertThat(violations()).hasSize(1);
		lost.told(11);
		Ops other = new Ops();
		other.add(lost, other.lease(1, 20, 3, 12, 20));
		assertThat(other.violations(new LinearizabilityChecker())).isEmpty();
	}

	@Test
	void whenALeaseWasOverBeforeItsCallerRanAgainThenNobodyWasKeptOut() {
		Ops.Row late = this.ops.lease(0, 10, 1, 20, 30).heldUntil(21);
		this.ops.add(late, this.ops.lease(1, 20, 3, 12, 18));
		assertThat(violations()).hasSize(1);
		late.heldUntil(20);
		Ops other = new Ops();
		other.add(late, other.lease(1, 20, 3, 12, 18));
		assertThat(other.violations(new LinearizabilityChecker())).isEmpty();
	}

	@Test
	void whenAHistoryIsLongThenWindowsOfItAreSearched() {
		for (int i = 0; i < 1_000; i++) {
			this.ops.add(this.ops.lease(i % 3, i + 1, i * 10, i * 10 + 2, i * 10 + 13));
		}
		assertThat(violations()).hasSizeGreaterThan(50).first().asString().contains("lease 2 of process 1");
	}

	private List<String> violations() {
		return this.ops.violations(new LinearizabilityChecker());
	}

}
