/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.observation;

import io.github.redislocked.LeaseLost.Noticed;
import io.github.redislocked.LockNotAcquired.Reason;
import io.github.redislocked.LockObserver;
import io.github.redislocked.LockObserver.RenewalOutcome;
import io.github.redislocked.LockOrigin;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The meters of locks, by name.
 */
class MeterLockObserverTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final MeterLockObserver observer = new MeterLockObserver(this.registry);

	@Test
	void whenACallerAsksThenItWaitsUntilItHasTheLockOrNot() {
		LockObserver.Wait first = this.observer.begin("a", "ship");
		LockObserver.Wait second = this.observer.begin("b", "ship");
		LockObserver.Wait third = this.observer.begin("b", "ship");
		assertThat(gauge("redis.lock.waiting", "ship")).isEqualTo(3);
		first.acquired(1, LockOrigin.FREE);
		second.failed(Reason.TIMEOUT, new IllegalStateException());
		assertThat(gauge("redis.lock.waiting", "ship")).isEqualTo(1);
		third.shared();
		assertThat(gauge("redis.lock.waiting", "ship")).isZero();
		assertThat(gauge("redis.lock.held", "ship")).isEqualTo(1);
	}

	@Test
	void whenALockEndsThenItIsNotHeldAndALossIsCounted() {
		LockObserver.Hold released = hold(LockOrigin.FREE);
		LockObserver.Hold lost = hold(LockOrigin.FREE);
		LockObserver.Hold lostLater = hold(LockOrigin.FREE);
		released.released();
		assertThat(gauge("redis.lock.held", "none")).isEqualTo(2);
		assertThat(counter("redis.lock.lost")).isZero();
		lost.lost(Noticed.WHILE_HELD);
		lostLater.released();
		lostLater.lost(Noticed.BY_RELEASE);
		assertThat(gauge("redis.lock.held", "none")).isZero();
		assertThat(counter("redis.lock.lost")).isEqualTo(2);
	}

	@Test
	void whenALockIsPassedOnThenItIsCountedByType() {
		hold(LockOrigin.FREE);
		hold(LockOrigin.LOCAL);
		hold(LockOrigin.LOCAL);
		hold(LockOrigin.REMOTE);
		assertThat(counter("redis.lock.handover", "type", "local")).isEqualTo(2);
		assertThat(counter("redis.lock.handover", "type", "remote")).isEqualTo(1);
	}

	@Test
	void whenALeaseIsRenewedThenItIsCountedByOutcome() {
		LockObserver.Hold hold = hold(LockOrigin.FREE);
		assertThat(counter("redis.lock.renewals", "outcome", "failed")).isZero();
		hold.renewed(RenewalOutcome.RENEWED);
		hold.renewed(RenewalOutcome.RENEWED);
		hold.renewed(RenewalOutcome.FAILED);
		hold.renewed(RenewalOutcome.LOST);
		assertThat(counter("redis.lock.renewals", "outcome", "renewed")).isEqualTo(2);
		assertThat(counter("redis.lock.renewals", "outcome", "failed")).isEqualTo(1);
		assertThat(counter("redis.lock.renewals", "outcome", "lost")).isEqualTo(1);
	}

	private LockObserver.Hold hold(LockOrigin origin) {
		return this.observer.begin("k", null).acquired(1, origin);
	}

	private double gauge(String meter, String name) {
		return this.registry.get(meter).tag("name", name).gauge().value();
	}

	private double counter(String meter, String... tags) {
		return this.registry.get(meter).tag("name", "none").tags(tags).counter().count();
	}

}
