/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;
import java.util.LongSummaryStatistics;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import io.github.redislocked.store.AcquireAnswer;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.ReleaseAnswer;
import io.github.redislocked.store.redis.LegacyClient.Reading;
import io.github.redislocked.testing.Driver;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.github.redislocked.store.redis.GetSetFixture.ALICE;
import static io.github.redislocked.store.redis.GetSetFixture.BOB;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Shows what the protocol {@code getset} cannot give, so that its documentation stays
 * true: {@code docs/getset.md}. With {@code -Dredislocked.measure=true} it also measures.
 */
class GetSetLimitsIntegrationTests {

	private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

	@Test
	void whenOlderClientOverrunsThenItsDeleteLetsAnotherInBesideOursButNoneOfOurs() {
		try (GetSetFixture lock = new GetSetFixture(Driver.LETTUCE)) {
			LegacyClient late = new LegacyClient(lock.redis, Reading.LAX);
			assertThat(late.attempt(lock.key, -2)).as("takes it and overruns").isTrue();
			lock.granted(ALICE, TEN_SECONDS);
			late.release(lock.key);
			lock.held(BOB);
			assertThat(new LegacyClient(lock.redis, Reading.LAX).attempt(lock.key, 10)).isTrue();
			// From here on it looks as if a latecomer had moved our value: ours is not
			// told.
			assertThat(lock.release(ALICE)).isEqualTo(ReleaseAnswer.RELEASED);
		}
	}

	@Test
	void whenOlderClientsClockIsAheadThenItTakesOursEarly() {
		try (GetSetFixture lock = new GetSetFixture(Driver.LETTUCE)) {
			lock.granted(ALICE, TEN_SECONDS);
			assertThat(new LegacyClient(lock.redis, Reading.LAX, 9).attempt(lock.key, 10)).isFalse();
			assertThat(new LegacyClient(lock.redis, Reading.LAX, 12).attempt(lock.key, 10)).isTrue();
		}
	}

	@Test
	void whenOlderClientsClockIsBehindThenOursTakesItsLockEarly() {
		try (GetSetFixture lock = new GetSetFixture(Driver.LETTUCE)) {
			assertThat(new LegacyClient(lock.redis, Reading.LAX, -12).attempt(lock.key, 10)).isTrue();
			lock.granted(ALICE, TEN_SECONDS);
		}
	}

	@Test
	void whenLatecomersExpireIsShorterThanOursThenAnotherOlderClientMayTakeOurs() {
		try (GetSetFixture lock = new GetSetFixture(Driver.LETTUCE)) {
			LegacyClient older = new LegacyClient(lock.redis, Reading.LAX);
			lock.granted(ALICE, Duration.ofSeconds(30));
			assertThat(older.isExpired(older.getset(lock.key, 0))).isFalse();
			assertThat(lock.held(BOB).holder()).isEqualTo(ALICE.toString());
			assertThat(older.attempt(lock.key, 10)).isTrue();
		}
	}

	@Test
	void whenLatecomersExpireIsTheSameAsOursThenItSetsOursBackToTheSecondThatWasRoundedUp() {
		try (GetSetFixture lock = new GetSetFixture(Driver.LETTUCE)) {
			LegacyClient older = new LegacyClient(lock.redis, Reading.LAX);
			long second = lock.freshSecond();
			lock.granted(ALICE, TEN_SECONDS);
			assertThat(lock.value()).isEqualTo(Long.toString(second + 11));
			assertThat(older.isExpired(older.getset(lock.key, 10))).isFalse();
			assertThat(lock.value()).isEqualTo(Long.toString(second + 10));
			// As if ten seconds had passed: ours is relied on for most of one more.
			assertThat(new LegacyClient(lock.redis, Reading.LAX, 10).attempt(lock.key, 10)).isTrue();
		}
	}

	@Test
	void whenOurExpireIsASecondShorterThanLatecomersThenItSetsNothingBack() {
		try (GetSetFixture lock = new GetSetFixture(Driver.LETTUCE)) {
			LegacyClient older = new LegacyClient(lock.redis, Reading.LAX);
			long second = lock.freshSecond();
			lock.granted(ALICE, Duration.ofSeconds(9));
			assertThat(older.isExpired(older.getset(lock.key, 10))).isFalse();
			assertThat(lock.value()).isEqualTo(Long.toString(second + 10));
			assertThat(new LegacyClient(lock.redis, Reading.LAX, 9).attempt(lock.key, 10)).isFalse();
		}
	}

	@Test
	void whenLatecomersCommandWasLongOnItsWayThenItSetsOursBackByThatTime() {
		try (GetSetFixture lock = new GetSetFixture(Driver.LETTUCE)) {
			LegacyClient delayed = new LegacyClient(lock.redis, Reading.LAX, -5);
			lock.granted(ALICE, TEN_SECONDS);
			assertThat(delayed.isExpired(delayed.getset(lock.key, 11))).isFalse();
			assertThat(new LegacyClient(lock.redis, Reading.LAX, 6).attempt(lock.key, 11)).isTrue();
		}
	}

	@Test
	void whenLatecomerComesAfterReleaseThenLockWaitsForNobodyUntilItsExpiry() {
		try (GetSetFixture lock = new GetSetFixture(Driver.LETTUCE)) {
			LegacyClient older = new LegacyClient(lock.redis, Reading.LAX);
			lock.value(lock.seconds() - 2);
			assertThat(older.isExpired(older.get(lock.key))).isTrue();
			lock.granted(ALICE, TEN_SECONDS);
			lock.release(ALICE);
			older.getset(lock.key, 10);
			assertThat(lock.held(BOB).holder()).isNull();
		}
	}

	/** Prints the figures of the documentation. */
	@Nested
	@EnabledIfSystemProperty(named = "redislocked.measure", matches = "true")
	class Measured {

		@ParameterizedTest
		@CsvSource({ "0, 0", "0.02, 0", "0, 3", "0, -3" })
		void overlaps(double overruns, long skewSeconds) throws Exception {
			try (GetSetFixture lock = new GetSetFixture(Driver.LETTUCE)) {
				MixedFleet fleet = new MixedFleet(lock, Duration.ofSeconds(1)).overruns(overruns)
					.older(2, 0, 150)
					.older(2, skewSeconds, 150)
					.ours(4, 150);
				fleet.run();
				System.out.printf(
						"overruns %.2f, half of the older clocks %+d s: grants %s, overlaps ours/ours %s, ours/older %s, older/older %s, our releases told of a loss %s%n",
						overruns, skewSeconds, fleet.grants, fleet.oursBesideOurs, fleet.oursBesideOlder,
						fleet.olderBesideOlder, fleet.told);
				assertThat(fleet.oursBesideOurs).hasValue(0);
			}
		}

		@ParameterizedTest
		@CsvSource({ "true", "false" })
		void handOver(boolean oursWaits) {
			LongSummaryStatistics micros = new LongSummaryStatistics();
			try (GetSetFixture lock = new GetSetFixture(Driver.LETTUCE)) {
				LegacyClient older = new LegacyClient(lock.redis, Reading.LAX);
				for (int i = 1; i <= 50; i++) {
					OwnerToken holder = new OwnerToken("holder", i);
					OwnerToken waiter = new OwnerToken("waiter", i);
					lock.granted(holder, TEN_SECONDS);
					AtomicLong entered = new AtomicLong();
					CompletableFuture<Void> wait = CompletableFuture.runAsync(() -> {
						while (oursWaits && !(lock.acquire(waiter, TEN_SECONDS) instanceof AcquireAnswer.Granted)) {
							LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
						}
						assertThat(oursWaits || older.acquire(lock.key, 10, TEN_SECONDS)).isTrue();
						entered.set(System.nanoTime());
					});
					LockSupport.parkNanos(Duration.ofMillis(150 + 7L * i % 100).toNanos());
					lock.release(holder);
					long released = System.nanoTime();
					wait.join();
					micros.accept((entered.get() - released) / 1000);
					lock.release(waiter);
					older.release(lock.key);
				}
			}
			System.out.printf("hand-over to one waiter (ours: %s), microseconds: %s%n", oursWaits, micros);
		}

	}

}
