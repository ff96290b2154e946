/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.actuate;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.github.redislocked.LeaseLost;
import io.github.redislocked.LockNotAcquired.Reason;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockObserver.Hold;
import io.github.redislocked.LockObserver.RenewalOutcome;
import io.github.redislocked.LockObserver.Wait;
import io.github.redislocked.LockOrigin;
import io.github.redislocked.LockStoreException;
import io.github.redislocked.actuate.LockHealth.Trouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When locks count as out of order, on a clock that does as it is told.
 */
class LockHealthTests {

	private final AtomicLong clock = new AtomicLong();

	private final LockHealth health = new LockHealth(Duration.ofSeconds(30), this.clock::get);

	private final Hold hold = this.health.begin("order:43", null).acquired(1, LockOrigin.FREE);

	@Test
	void whenAllHasFailedForALeaseThenThatIsTrouble() {
		fail(0);
		fail(29);
		assertThat(this.health.trouble()).isEmpty();
		fail(30);
		assertThat(this.health.trouble()).hasValueSatisfying((trouble) -> {
			assertThat(trouble.lasting()).isEqualTo(Duration.ofSeconds(30));
			assertThat(trouble.reason()).isEqualTo("Redis is away");
		});
		at(42);
		assertThat(this.health.trouble())
			.hasValueSatisfying((trouble) -> assertThat(trouble.lasting()).isEqualTo(Duration.ofSeconds(42)));
	}

	@Test
	void whenRenewalsFailForALeaseThenThatIsTrouble() {
		renew(0, RenewalOutcome.FAILED);
		renew(31, RenewalOutcome.FAILED);
		assertThat(this.health.trouble()).contains(new Trouble(Duration.ofSeconds(31), "A lease could not be renewed"));
		renew(32, RenewalOutcome.RENEWED);
		assertThat(this.health.trouble()).isEmpty();
	}

	@Test
	void whenAcquiringAndRenewingFailInTurnThenTheLastFailureIsNamed() {
		renew(0, RenewalOutcome.FAILED);
		fail(31);
		assertThat(this.health.trouble()).contains(new Trouble(Duration.ofSeconds(31), "Redis is away"));
		renew(35, RenewalOutcome.FAILED);
		assertThat(this.health.trouble()).contains(new Trouble(Duration.ofSeconds(35), "A lease could not be renewed"));
	}

	@Test
	void whenEitherSucceedsThenTheOthersFailuresCountAnew() {
		fail(0);
		renew(20, RenewalOutcome.RENEWED);
		fail(31);
		assertThat(this.health.trouble()).isEmpty();
		call().acquired(2, LockOrigin.FREE);
		renew(32, RenewalOutcome.FAILED);
		call().acquired(3, LockOrigin.FREE);
		renew(63, RenewalOutcome.FAILED);
		assertThat(this.health.trouble()).isEmpty();
	}

	@Test
	void whenLeasesAreLostThenRedisHasAnswered() {
		renew(0, RenewalOutcome.LOST);
		renew(31, RenewalOutcome.LOST);
		assertThat(this.health.trouble()).isEmpty();
		fail(32);
		renew(40, RenewalOutcome.LOST);
		fail(63);
		assertThat(this.health.trouble()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void whenHoldersEndThenNothingIsKnown(LeaseLost.Noticed noticed) {
		this.hold.lost(noticed);
		at(31);
		this.hold.lost(noticed);
		assertThat(this.health.trouble()).isEmpty();
		fail(40);
		this.hold.released();
		this.hold.lost(noticed);
		fail(71);
		assertThat(this.health.trouble()).isPresent();
	}

	@Test
	void whenCallersOnlyGiveUpOrGoAwayThenNothingIsWrong() {
		for (int second : new int[] { 0, 31, 62 }) {
			at(second);
			timeout();
			call().failed(Reason.CANCELLED, new InterruptedException());
			call().failed(Reason.FAILURE, new IllegalStateException("the engine is closed"));
			assertThat(this.health.trouble()).isEmpty();
		}
	}

	@Test
	void whenOneSucceedsThenFailuresCountAnew() {
		fail(0);
		fail(20);
		call().acquired(1, LockOrigin.FREE);
		fail(21);
		fail(50);
		assertThat(this.health.trouble()).isEmpty();
		fail(51);
		assertThat(this.health.trouble()).isPresent();
	}

	@Test
	void whenAnotherHasTheLockThenRedisHasAnswered() {
		fail(0);
		call().refused();
		timeout();
		fail(31);
		assertThat(this.health.trouble()).isEmpty();
	}

	@Test
	void whenACallerHasOnlyWaitedForOthersOfItsProcessThenNothingIsKnown() {
		fail(0);
		timeout();
		fail(31);
		assertThat(this.health.trouble()).isPresent();
	}

	@Test
	void whenTheLastFailureWasLongAgoThenTheNextIsAnotherMatter() {
		fail(0);
		fail(300);
		assertThat(this.health.trouble()).isPresent();
		fail(601);
		assertThat(this.health.trouble()).isEmpty();
	}

	@Test
	void whenACallerGoesAwayThenNothingIsKnown() {
		fail(0);
		call().failed(Reason.CANCELLED, new InterruptedException());
		call().shared();
		fail(31);
		assertThat(this.health.trouble()).isPresent();
	}

	@Test
	void whenNobodyHasTriedForALeaseThenNothingIsSaid() {
		fail(0);
		fail(40);
		at(70);
		assertThat(this.health.trouble()).isPresent();
		at(71);
		assertThat(this.health.trouble()).isEmpty();
	}

	@Test
	void whenCommandsFailWithinACallThenItsEndIsNotAwaited() {
		Wait call = call();
		trouble(call, 0);
		trouble(call, 29);
		assertThat(this.health.trouble()).isEmpty();
		at(30);
		assertThat(this.health.trouble()).contains(new Trouble(Duration.ofSeconds(30), "Redis does not answer"));
		call.acquired(1, LockOrigin.FREE);
		assertThat(this.health.trouble()).isEmpty();
	}

	@Test
	void whenACallIsUnderWayThenItsCommandMayTakeLongerThanALease() {
		fail(0);
		Wait call = call();
		at(60);
		assertThat(this.health.trouble()).contains(new Trouble(Duration.ofSeconds(60), "Redis is away"));
		call.failed(Reason.CANCELLED, new InterruptedException());
		assertThat(this.health.trouble()).isEmpty();
	}

	@Test
	void whenCommandsTakeLongerThanManyLeasesThenTheirFailuresBelongTogether() {
		LockHealth hasty = new LockHealth(Duration.ofSeconds(1), this.clock::get);
		for (int second = 60; second <= 300; second += 60) {
			Wait call = hasty.begin("order:42", null);
			at(second);
			assertThat(hasty.trouble().isPresent()).isEqualTo(second > 60);
			trouble(call, second);
			call.failed(Reason.FAILURE, new LockStoreException("order:42", "Redis is away", true, null));
			assertThat(hasty.trouble().isPresent()).isEqualTo(second > 60);
		}
	}

	private Wait call() {
		return this.health.begin("order:42", null);
	}

	private void timeout() {
		call().failed(Reason.TIMEOUT,
				new LockNotAcquiredException("order:42", Duration.ZERO, null, "the timeout has passed", null));
	}

	private void fail(int second) {
		at(second);
		call().failed(Reason.FAILURE, new LockStoreException("order:42", "Redis is away", true, null));
	}

	private void trouble(Wait call, int second) {
		at(second);
		call.troubled(new LockStoreException("order:42", "Redis does not answer", true, null));
	}

	private void renew(int second, RenewalOutcome outcome) {
		at(second);
		this.hold.renewed(outcome);
	}

	private void at(int second) {
		this.clock.set(Duration.ofSeconds(second).toNanos());
	}

}
