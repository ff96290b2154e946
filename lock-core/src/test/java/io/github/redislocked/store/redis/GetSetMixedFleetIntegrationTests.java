/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;

import io.github.redislocked.store.AcquireAnswer;
import io.github.redislocked.store.ReleaseAnswer;
import io.github.redislocked.store.RenewAnswer;
import io.github.redislocked.store.redis.LegacyClient.Reading;
import io.github.redislocked.testing.Driver;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.github.redislocked.store.redis.GetSetFixture.ALICE;
import static io.github.redislocked.store.redis.GetSetFixture.BOB;
import static io.github.redislocked.store.redis.GetSetFixture.next;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GetSetLockStore} beside clients of the older algorithm: each excludes
 * the other, and what the others leave behind does no harm.
 */
class GetSetMixedFleetIntegrationTests {

	private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenOlderClientHoldsThenOursIsNotGrantedUntilItReleases(Driver driver) throws Exception {
		try (GetSetFixture lock = new GetSetFixture(driver)) {
			LegacyClient older = new LegacyClient(lock.redis, Reading.LAX);
			assertThat(older.acquire(lock.key, 10, Duration.ZERO)).isTrue();
			String value = lock.value();
			AcquireAnswer.Held held = lock.held(ALICE);
			assertThat(held.holder()).isNull();
			assertThat(held.askAgainAfter()).isEqualTo(Duration.ofMillis(100));
			assertThat(lock.value()).isEqualTo(value);
			older.release(lock.key);
			lock.granted(ALICE, TEN_SECONDS);
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenOursHoldsThenOlderClientWaitsUntilOursReleases(Driver driver) throws Exception {
		try (GetSetFixture lock = new GetSetFixture(driver)) {
			LegacyClient older = new LegacyClient(lock.redis, Reading.LAX);
			lock.granted(ALICE, TEN_SECONDS);
			String value = lock.value();
			assertThat(older.acquire(lock.key, 10, Duration.ofMillis(250))).isFalse();
			assertThat(lock.value()).isEqualTo(value);
			assertThat(lock.release(ALICE)).isEqualTo(ReleaseAnswer.RELEASED);
			assertThat(older.acquire(lock.key, 10, Duration.ZERO)).isTrue();
			assertThat(lock.held(BOB).holder()).isNull();
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenValueIsThisSecondThenNeitherBelievesTheOtherGone(Driver driver) throws Exception {
		try (GetSetFixture lock = new GetSetFixture(driver)) {
			long now = lock.freshSecond();
			// The strictest older client still holds such a lock.
			lock.value(now);
			AcquireAnswer.Held held = lock.held(ALICE);
			assertThat(held.askAgainAfter()).isBetween(Duration.ofMillis(1), Duration.ofMillis(100));
			lock.value(now - 1);
			long before = lock.micros();
			AcquireAnswer.Granted granted = lock.granted(ALICE, Duration.ofMillis(1));
			// The laxest one may take ours when its clock reaches the value.
			assertThat(lock.value()).isEqualTo(Long.toString(now + 1));
			assertThat(before + granted.lease().toNanos() / 1000).isLessThanOrEqualTo((now + 1) * 1_000_000);
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenOursHasExpiredThenOlderClientTakesItAndOursLeavesItAlone(Driver driver) throws Exception {
		try (GetSetFixture lock = new GetSetFixture(driver)) {
			LegacyClient older = new LegacyClient(lock.redis, Reading.STRICT);
			lock.granted(ALICE, TEN_SECONDS);
			lock.age(2);
			assertThat(older.acquire(lock.key, 20, Duration.ZERO)).isTrue();
			String value = lock.value();
			assertThat(lock.renew(ALICE, TEN_SECONDS)).isEqualTo(RenewAnswer.NOT_OWNED);
			assertThat(lock.acquire(ALICE, TEN_SECONDS)).isInstanceOf(AcquireAnswer.Held.class);
			assertThat(lock.release(ALICE)).isEqualTo(ReleaseAnswer.NOT_OWNED);
			assertThat(lock.value()).isEqualTo(value);
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenOursHasExpiredAndNobodyCameThenItIsNotRenewedButReleased(Driver driver) throws Exception {
		try (GetSetFixture lock = new GetSetFixture(driver)) {
			AcquireAnswer.Granted first = lock.granted(ALICE, TEN_SECONDS);
			lock.age(2);
			String value = lock.value();
			assertThat(lock.renew(ALICE, TEN_SECONDS)).isEqualTo(RenewAnswer.NOT_OWNED);
			assertThat(lock.value()).isEqualTo(value);
			// A replay has the effect of once: nobody has been in between.
			assertThat(lock.granted(ALICE, TEN_SECONDS).fencingToken()).isEqualTo(first.fencingToken());
			lock.age(2);
			assertThat(lock.release(ALICE)).isEqualTo(ReleaseAnswer.RELEASED);
			assertThat(lock.value()).isNull();
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenOlderHolderDiedThenOursTakesItAfterItsExpiry(Driver driver) throws Exception {
		try (GetSetFixture lock = new GetSetFixture(driver)) {
			lock.value(lock.seconds() - 2);
			assertThat(lock.redis.getExpire(lock.key)).as("left for ever").isEqualTo(-1);
			lock.granted(ALICE, TEN_SECONDS);
			assertThat(lock.redis.getExpire(lock.key)).isBetween(11L, 13L);
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenLatecomerHasMovedTheValueThenOursStillOwnsIt(Driver driver) throws Exception {
		try (GetSetFixture lock = new GetSetFixture(driver)) {
			LegacyClient older = new LegacyClient(lock.redis, Reading.LAX);
			String expired = Long.toString(lock.seconds() - 2);
			lock.value(expired);
			assertThat(older.isExpired(older.get(lock.key))).isTrue();
			AcquireAnswer.Granted first = lock.granted(ALICE, TEN_SECONDS);
			assertThat(older.isExpired(older.getset(lock.key, 20))).as("it came too late").isFalse();
			String moved = lock.value();
			assertThat(lock.held(BOB).holder()).isEqualTo(ALICE.toString());
			AcquireAnswer.Granted replay = lock.granted(ALICE, TEN_SECONDS);
			assertThat(replay.fencingToken()).isEqualTo(first.fencingToken());
			assertThat(replay.lease()).isGreaterThan(Duration.ofSeconds(18));
			assertThat(lock.value()).as("max of both").isEqualTo(moved);
			assertThat(lock.release(ALICE)).isEqualTo(ReleaseAnswer.RELEASED);
			assertThat(lock.value()).isNull();
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenLatecomerHasShortenedTheValueThenRenewalMendsItAndOursDoNotTakeIt(Driver driver) throws Exception {
		try (GetSetFixture lock = new GetSetFixture(driver)) {
			lock.granted(ALICE, TEN_SECONDS);
			String value = lock.value();
			lock.value(lock.seconds() - 2);
			assertThat(lock.held(BOB).holder()).isEqualTo(ALICE.toString());
			assertThat(lock.renew(ALICE, Duration.ofSeconds(1))).isEqualTo(RenewAnswer.RENEWED);
			assertThat(lock.value()).isEqualTo(value);
			assertThat(lock.redis.getExpire(lock.key)).isBetween(10L, 13L);
			lock.value(lock.seconds() + 1);
			assertThat(lock.release(ALICE)).isEqualTo(ReleaseAnswer.RELEASED);
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenOlderClientDeletesOursThenOursHasLostAndOursDoNotFollowBeforeThat(Driver driver) throws Exception {
		try (GetSetFixture lock = new GetSetFixture(driver)) {
			LegacyClient older = new LegacyClient(lock.redis, Reading.LAX);
			AcquireAnswer.Granted first = lock.granted(ALICE, TEN_SECONDS);
			older.release(lock.key);
			AcquireAnswer.Held held = lock.held(BOB);
			assertThat(held.holder()).as("she may still be at work").isEqualTo(ALICE.toString());
			assertThat(held.askAgainAfter()).isEqualTo(Duration.ofMillis(100));
			assertThat(lock.renew(ALICE, TEN_SECONDS)).isEqualTo(RenewAnswer.NOT_OWNED);
			assertThat(lock.value()).isNull();
			assertThat(lock.release(ALICE)).isEqualTo(ReleaseAnswer.NOT_OWNED);
			AcquireAnswer.Granted second = lock.granted(BOB, TEN_SECONDS);
			assertThat(second.fencingToken()).isGreaterThan(first.fencingToken());
			assertThat(lock.release(ALICE)).isEqualTo(ReleaseAnswer.NOT_OWNED);
			assertThat(lock.release(BOB)).isEqualTo(ReleaseAnswer.RELEASED);
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenLockVanishesBetweenTheStepsOfAnOlderClientThenOursSeesItFree(Driver driver) throws Exception {
		try (GetSetFixture lock = new GetSetFixture(driver)) {
			LegacyClient older = new LegacyClient(lock.redis, Reading.LAX);
			lock.granted(ALICE, TEN_SECONDS);
			assertThat(older.setnx(lock.key, 10)).isFalse();
			lock.release(ALICE);
			// It reads nothing, which it takes as expired, and wins by GETSET.
			assertThat(older.isExpired(older.get(lock.key))).isTrue();
			assertThat(older.isExpired(older.getset(lock.key, 10))).isTrue();
			lock.held(BOB);
			// A second one that had read nothing, too, leaves a lock that nobody holds.
			older.release(lock.key);
			older.getset(lock.key, -2);
			lock.granted(BOB, TEN_SECONDS);
			assertThat(lock.release(next(BOB))).isEqualTo(ReleaseAnswer.NOT_OWNED);
			assertThat(lock.release(BOB)).isEqualTo(ReleaseAnswer.ALREADY_CLOSED);
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenCompanionIsLostThenLockIsHeldUntilItsValue(Driver driver) throws Exception {
		try (GetSetFixture lock = new GetSetFixture(driver)) {
			AcquireAnswer.Granted first = lock.granted(ALICE, TEN_SECONDS);
			lock.redis.delete(lock.companion);
			assertThat(lock.held(BOB).holder()).isNull();
			assertThat(lock.release(ALICE)).isEqualTo(ReleaseAnswer.NOT_OWNED);
			assertThat(lock.value()).isNotNull();
			lock.age(2);
			assertThat(lock.granted(BOB, TEN_SECONDS).fencingToken()).isGreaterThan(first.fencingToken());
		}
	}

}
