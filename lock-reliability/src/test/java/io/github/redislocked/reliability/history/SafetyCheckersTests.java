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
 * Tests of the checkers that look for what must never happen: C1, C2 and C5.
 */
class SafetyCheckersTests {

	private final Ops ops = new Ops();

	@Test
	void whenLeasesFollowEachOtherThenExclusionHolds() {
		this.ops.add(this.ops.lease(0, 10, 1, 2, 100), this.ops.lease(1, 20, 50, 100, 150),
				this.ops.lease(2, 30, 60, 152, 153));
		assertThat(exclusion()).isEmpty();
	}

	@Test
	void whenTwoHoldAtOnceThenExclusionIsViolated() {
		this.ops.add(this.ops.lease(0, 10, 1, 2, 100), this.ops.lease(1, 20, 50, 99, 150));
		assertThat(exclusion()).singleElement()
			.asString()
			.startsWith("C1 exclusion, k7, at 99000000: two holders at once: lease 10 of process 0 (")
			.contains(" and lease 20 of process 1 (");
	}

	@Test
	void whenALongLeaseIsHeldThenEachOtherOneWithinIsAViolation() {
		this.ops.add(this.ops.lease(0, 10, 1, 2, 500), this.ops.lease(1, 20, 50, 100, 150),
				this.ops.lease(1, 30, 50, 200, 250));
		assertThat(exclusion()).hasSize(2).allMatch((violation) -> violation.contains("lease 10 of process 0"));
	}

	@Test
	void whenTheLeaseOrItsHolderSaysThatItIsOverThenTheNextMayHold() {
		this.ops.add(this.ops.lease(0, 10, 1, 2, 1500).heldUntil(990), this.ops.lease(1, 20, 50, 991, 1000),
				this.ops.lease(0, 30, 1600, 1600, 2000).told(1700), this.ops.lease(1, 40, 1650, 1701, 1710));
		assertThat(exclusion()).isEmpty();
	}

	@Test
	void whenTheRegisterRefusesAHolderThenExclusionIsViolated() {
		this.ops.add(this.ops.lease(0, 10, 1, 2, 100).counts(0, 3, 50).offers(40, false),
				this.ops.lease(0, 20, 201, 202, 300).offers(240, false));
		assertThat(exclusion()).singleElement().asString().contains("the register refused a holder: lease 10");
	}

	@Test
	void whenFencingTokensGrowThenFencingHolds() {
		this.ops.add(this.ops.lease(0, 10, 1, 2, 100).offers(50, true),
				this.ops.lease(1, 11, 50, 101, 150).offers(120, true),
				this.ops.lease(2, 30, 60, 152, 160).offers(155, true));
		assertThat(fencing()).isEmpty();
	}

	@Test
	void whenOneOfTwoThatWaitedTogetherOvertakesThenFencingHolds() {
		this.ops.add(this.ops.lease(0, 10, 1, 200, 210), this.ops.lease(1, 11, 1, 100, 110));
		assertThat(fencing()).isEmpty();
	}

	@Test
	void whenALaterLeaseHasASmallerTokenThenFencingIsViolated() {
		this.ops.add(this.ops.lease(0, 10, 1, 2, 100), this.ops.lease(1, 9, 101, 102, 150));
		assertThat(fencing()).singleElement()
			.asString()
			.startsWith(
					"C2 fencing, k7, at 102000000: a later lease has a smaller fencing token: lease 10 of process 0 (")
			.contains(", then lease 9 of process 1 (");
	}

	@Test
	void whenTwoLeasesHaveOneTokenThenFencingIsViolated() {
		this.ops.add(this.ops.lease(0, 10, 1, 2, 100), this.ops.lease(1, 10, 1, 102, 150));
		assertThat(fencing()).singleElement().asString().contains("one fencing token for two leases");
	}

	@Test
	void whenAStaleWriteIsAcceptedThenFencingIsViolated() {
		this.ops.add(this.ops.lease(0, 10, 1, 2, 3000).offers(2500, true),
				this.ops.lease(1, 20, 50, 1100, 1200).offers(1150, true));
		assertThat(fencing()).singleElement()
			.asString()
			.contains("a stale write was accepted: after lease 20", "that of lease 10");
	}

	@Test
	void whenEachReadsWhatTheOneBeforeWroteThenTheCounterIsExact() {
		this.ops
			.add(this.ops.lease(0, 10, 1, 2, 100).counts(0, 10, 20),
					this.ops.lease(1, 20, 50, 101, 150).counts(1, 110, 120))
			.counter(2);
		assertThat(counter()).isEmpty();
	}

	@Test
	void whenTwoReadTheSameThenTheCounterIsNotExact() {
		this.ops
			.add(this.ops.lease(0, 10, 1, 2, 100).counts(0, 10, 20), this.ops.lease(1, 20, 5, 6, 150).counts(0, 15, 30))
			.counter(1);
		assertThat(counter()).singleElement()
			.asString()
			.startsWith("C5 counter, k7, at 15000000: the counter should be 1 after lease 10 of process 0 (")
			.contains("but 0 is what reads lease 20 of process 1 (");
	}

	@Test
	void whenALeaseWasOverBeforeItsCallerRanAgainThenItsReadingSaysNothing() {
		Ops.Row late = this.ops.lease(0, 10, 1, 50, 60).counts(0, 51, 0).heldUntil(52);
		this.ops.add(late, this.ops.lease(1, 20, 5, 20, 150).counts(0, 30, 40)).counter(1);
		assertThat(counter()).hasSize(1);
		late.heldUntil(50);
		Ops other = new Ops();
		other.add(late, other.lease(1, 20, 5, 20, 150).counts(0, 30, 40)).counter(1);
		assertThat(other.violations(new CounterChecker())).isEmpty();
	}

	@Test
	void whenTheLastValueIsNotTheLastWrittenThenTheCounterIsNotExact() {
		this.ops.add(this.ops.lease(0, 10, 1, 2, 100).counts(0, 10, 20)).counter(5);
		assertThat(counter()).singleElement().asString().contains("should be 1", "but is 5");
	}

	@Test
	void whenALateWriteStraysThenTheCounterMayBeSetBackOnce() {
		Ops.Row late = this.ops.lease(0, 10, 1, 2, 3100).counts(0, 10, 3000);
		this.ops
			.add(late, this.ops.lease(1, 20, 50, 1100, 1200).counts(0, 1110, 1120),
					this.ops.lease(1, 30, 1250, 1300, 1400).counts(1, 1310, 1320),
					this.ops.lease(1, 40, 3050, 3200, 3300).counts(1, 3210, 3220))
			.counter(2);
		assertThat(counter()).isEmpty();
		this.ops.add(this.ops.lease(1, 50, 3400, 3500, 3600).counts(1, 3510, 3520));
		assertThat(counter()).singleElement().asString().contains("should be 2", "1 is what reads lease 50");
	}

	@Test
	void whenAHolderIsKilledBetweenReadingAndWritingThenItMayHaveWritten() {
		Ops.Row killed = this.ops.lease(0, 10, 1, 2, 0).counts(0, 10, 0).never();
		this.ops.killed(0, 20).add(killed, this.ops.lease(1, 20, 50, 1100, 1200).counts(1, 1110, 1120)).counter(2);
		assertThat(counter()).isEmpty();
	}

	private List<String> exclusion() {
		return this.ops.violations(new ExclusionChecker());
	}

	private List<String> fencing() {
		return this.ops.violations(new FencingChecker());
	}

	private List<String> counter() {
		return this.ops.violations(new CounterChecker());
	}

}
