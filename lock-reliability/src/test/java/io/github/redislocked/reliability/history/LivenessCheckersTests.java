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
 * Tests of the checkers that look for what must happen in time: C3, C4, C6 and C7.
 */
class LivenessCheckersTests {

	private final Ops ops = new Ops();

	@Test
	void whenCallersReturnInTimeThenWaitsAreBounded() {
		this.ops.add(this.ops.lease(0, 10, 1, 2, 3000), this.ops.attempt(1, Outcome.REFUSED, 1, 3400),
				this.ops.lease(2, 20, 2, 3002, 3010));
		assertThat(waits()).isEmpty();
	}

	@Test
	void whenACallerReturnsLateThenViolated() {
		Ops.Row holder = this.ops.lease(0, 10, 1, 2, 6000).renewed();
		this.ops.add(holder, this.ops.attempt(1, Outcome.REFUSED, 1, 5500));
		assertThat(waits()).singleElement()
			.asString()
			.startsWith(
					"C3 bounded wait, k7, at 5500000000: a caller with a timeout of 3000 ms returned after 5499 ms");
	}

	@Test
	void whenACallerIsLateBecauseItsProcessStoodStillThenNotViolated() {
		Ops.Row holder = this.ops.lease(0, 10, 1, 2, 6000).renewed();
		this.ops.frozen(1, 1000, 3000).add(holder, this.ops.attempt(1, Outcome.REFUSED, 1, 5500));
		assertThat(waits()).isEmpty();
	}

	@Test
	void whenACallerNeverReturnsThenViolated() {
		this.ops.add(this.ops.lease(0, 10, 59_000, 59_000, 60_000), this.ops.attempt(1, Outcome.PENDING, 58_990, 0));
		assertThat(waits()).singleElement().asString().contains("a caller never returned");
		this.ops.killed(1, 59_500);
		assertThat(waits()).isEmpty();
	}

	@Test
	void whenACallerWaitsForAFreeLockThenViolated() {
		this.ops.add(this.ops.lease(0, 10, 1, 2, 100), this.ops.lease(1, 20, 50, 2800, 2900));
		assertThat(waits()).singleElement()
			.asString()
			.contains("at 2800000000: a caller waited 2699 ms for a free lock, from 101000000: lease 20 of process 1");
	}

	@Test
	void whenACallerGivesUpBesideAFreeLockThenViolated() {
		this.ops.add(this.ops.lease(0, 10, 1, 2, 100), this.ops.attempt(1, Outcome.REFUSED, 50, 3050));
		assertThat(waits()).singleElement().asString().contains("a caller waited 2949 ms for a free lock");
	}

	@Test
	void whenTheHolderWasKilledThenItsLeaseIsNoWaitForAFreeLock() {
		Ops.Row killed = this.ops.lease(0, 10, 1, 2, 0).renewed().never();
		this.ops.killed(0, 1500).add(killed, this.ops.lease(1, 20, 50, 2900, 2950));
		assertThat(waits()).isEmpty();
	}

	@Test
	void whenAReleaseWasNotAnsweredThenTheLockIsFreeSoonAfterTheFault() {
		Ops.Row released = this.ops.lease(0, 10, 1, 2, 1100).heldUntil(20_000);
		this.ops.fault(1000, 1500, true).add(released, this.ops.lease(1, 20, 1050, 5400, 5450));
		assertThat(waits()).isEmpty();
		Ops other = new Ops();
		other.fault(1000, 1500, true).add(released, other.lease(1, 20, 1050, 5600, 5650));
		assertThat(other.violations(new WaitChecker())).singleElement()
			.asString()
			.contains("waited 2600 ms for a free lock, from 3000000000");
	}

	@Test
	void whenAFaultWasAtWorkThenItsTimeDoesNotCount() {
		this.ops.fault(500, 1500, true).add(this.ops.lease(0, 10, 1, 2, 100), this.ops.lease(1, 20, 50, 2800, 2900));
		assertThat(waits()).isEmpty();
	}

	@Test
	void whenAnErrorHasNoReasonThenViolated() {
		this.ops.fault(500, 1500, false).add(this.ops.attempt(1, Outcome.FAILED, 600, 700));
		assertThat(waits()).singleElement().asString().contains("an error for which there is no reason");
		this.ops.fault(650, 800, true);
		assertThat(waits()).isEmpty();
	}

	@Test
	void whenTheLockInRedisHasAHolderThenNoOrphan() {
		this.ops.add(this.ops.lease(0, 10, 1, 2, 8_000).renewed())
			.snapshot(7_000, false, new Snapshot.Lock(Ops.KEY, "p0:10"), List.of("p1:3"), List.of());
		assertThat(orphans()).isEmpty();
	}

	@Test
	void whenTheLockInRedisHasNoCallerThenOrphan() {
		this.ops.add(this.ops.attempt(0, Outcome.REFUSED, 100, 200))
			.snapshot(2_300, true, new Snapshot.Lock(Ops.KEY, "p0:10"), List.of(), List.of());
		assertThat(orphans()).singleElement()
			.asString()
			.isEqualTo(
					"C4 no orphan, k7, at 2300000000: token p0:10 of process 0 has the lock, but no caller there has it"
							+ " or asks for it since 200000000");
		this.ops.fault(150, 1_000, true);
		assertThat(orphans()).isEmpty();
	}

	@Test
	void whenAnEndedProcessHasTheLockThenOrphanOnlyAfterItsLease() {
		this.ops.killed(0, 500)
			.add(this.ops.lease(0, 10, 1, 2, 0).never())
			.snapshot(2_900, true, new Snapshot.Lock(Ops.KEY, "p0:10"), List.of("p0:11"), List.of());
		assertThat(orphans()).isEmpty();
		this.ops.snapshot(3_100, true, new Snapshot.Lock(Ops.KEY, "p0:10"), List.of(), List.of());
		assertThat(orphans()).singleElement().asString().contains("of the ended process 0 outlives its lease");
	}

	@Test
	void whenSomebodyWaitsAtRestOrAKeyStaysForEverThenViolated() {
		this.ops.snapshot(3_000, true, null, List.of("p1:3"), List.of("redis-lock:{k7}:fence"));
		assertThat(orphans()).hasSize(2)
			.anyMatch((violation) -> violation.contains("at rest, token p1:3 of process 1 waits in Redis"))
			.anyMatch(
					(violation) -> violation.contains("redis-lock:{k7}:fence") && violation.contains("never expires"));
	}

	@Test
	void whenAHolderIsToldOfItsLossThenNotViolated() {
		this.ops.add(this.ops.lease(0, 10, 1, 2, 5_000).renewed().told(2_300), this.ops.lease(1, 20, 50, 2_000, 2_100),
				this.ops.lease(0, 30, 6_000, 6_001, 7_100).lost(), this.ops.lease(1, 40, 6_002, 7_001, 7_200));
		assertThat(losses()).isEmpty();
	}

	@Test
	void whenAHolderIsNotToldThenViolated() {
		this.ops.add(this.ops.lease(0, 10, 1, 2, 9_000).renewed().told(8_000), this.ops.lease(1, 20, 50, 2_000, 2_100));
		assertThat(losses()).singleElement()
			.asString()
			.startsWith(
					"C6 loss told, k7, at 2000000000: a holder was not told of its loss in time: lease 10 of process 0")
			.contains("the lock went to lease 20 of process 1");
	}

	@Test
	void whenAStolenLockIsReleasedAsIfNothingHadHappenedThenViolated() {
		this.ops.add(this.ops.lease(0, 10, 1, 2, 500), this.ops.lease(1, 20, 50, 300, 400));
		assertThat(losses()).hasSize(1);
	}

	@Test
	void whenTheHolderStoodStillThenItHasTimeToLearn() {
		this.ops.frozen(0, 1_000, 8_500)
			.add(this.ops.lease(0, 10, 1, 2, 9_500).renewed().told(8_600), this.ops.lease(1, 20, 50, 2_000, 2_100));
		assertThat(losses()).isEmpty();
	}

	@Test
	void whenConnectionsAndThreadsAreAsUsualThenNoLeak() {
		this.ops.connected(100, 3, 30).threads(40, 50);
		assertThat(leaks()).isEmpty();
	}

	@Test
	void whenTheyPileUpThenLeak() {
		this.ops.connected(100, 4, 37).threads(40, 80);
		assertThat(leaks()).hasSize(3)
			.anyMatch((violation) -> violation.contains("4 channels for 3 processes"))
			.anyMatch((violation) -> violation.contains("37 connections for 3 processes"))
			.anyMatch((violation) -> violation.contains("process 0 had 40 threads after its first operations, and 80"));
	}

	private List<String> waits() {
		return this.ops.violations(new WaitChecker());
	}

	private List<String> orphans() {
		return this.ops.violations(new OrphanChecker());
	}

	private List<String> losses() {
		return this.ops.violations(new LossChecker());
	}

	private List<String> leaks() {
		return this.ops.violations(new LeakChecker());
	}

}
