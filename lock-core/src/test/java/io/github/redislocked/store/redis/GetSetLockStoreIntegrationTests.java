/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;

import io.github.redislocked.store.AcquireAnswer;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.ReleaseAnswer;
import io.github.redislocked.store.RenewAnswer;
import io.github.redislocked.testing.Driver;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.github.redislocked.store.redis.GetSetFixture.ALICE;
import static io.github.redislocked.store.redis.GetSetFixture.BOB;
import static io.github.redislocked.store.redis.GetSetFixture.RETENTION;
import static io.github.redislocked.store.redis.GetSetFixture.next;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link GetSetLockStore} among its own kind: the contract of a store.
 */
class GetSetLockStoreIntegrationTests {

	private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenLockIsFreeThenGrantedForAtLeastTheTimeAskedFor(Driver driver) {
		try (GetSetFixture lock = new GetSetFixture(driver)) {
			long before = lock.micros();
			AcquireAnswer.Granted granted = lock.granted(ALICE, Duration.ofMillis(1500));
			long after = lock.micros();
			assertThat(granted.fencingToken()).isBetween(before, after);
			assertThat(granted.lease()).isBetween(Duration.ofMillis(1500), Duration.ofMillis(2500));
			// The lease ends at the value: an older client that reads it may then come.
			long end = Long.parseLong(lock.redis.opsForValue().get(lock.key)) * 1_000_000;
			assertThat(before + granted.lease().toNanos() / 1000).isLessThanOrEqualTo(end);
			assertThat(after + granted.lease().toNanos() / 1000).isGreaterThan(end - 1000);
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenLockIsHeldThenOthersLearnByWhomAndAskAgainSoon(Driver driver) {
		try (GetSetFixture lock = new GetSetFixture(driver)) {
			lock.granted(ALICE, TEN_SECONDS);
			String value = lock.value();
			AcquireAnswer.Held held = lock.held(BOB);
			assertThat(held.holder()).isEqualTo(ALICE.toString());
			assertThat(held.askAgainAfter()).isEqualTo(Duration.ofMillis(100));
			assertThat(held.storeMicros()).isZero();
			assertThat(lock.value()).as("a loser writes nothing").isEqualTo(value);
			assertThat(lock.redis.opsForHash().get(lock.companion, "token")).isEqualTo(ALICE.toString());
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenReleasedThenNextOneIsGrantedWithGreaterFencingToken(Driver driver) {
		try (GetSetFixture lock = new GetSetFixture(driver)) {
			AcquireAnswer.Granted first = lock.granted(ALICE, TEN_SECONDS);
			assertThat(lock.release(ALICE)).isEqualTo(ReleaseAnswer.RELEASED);
			assertThat(lock.value()).isNull();
			AcquireAnswer.Granted second = lock.granted(BOB, TEN_SECONDS);
			assertThat(second.fencingToken()).isGreaterThan(first.fencingToken());
			// Even if the server's clock had stepped back since.
			lock.release(BOB);
			String ahead = Long.toString(second.fencingToken() + 60_000_000);
			lock.redis.opsForHash().put(lock.companion, "fence", ahead);
			assertThat(lock.granted(next(BOB), TEN_SECONDS).fencingToken()).isEqualTo(Long.parseLong(ahead) + 1);
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenLeaseIsOverThenNextOneIsGrantedAndFormerOwnerHasLost(Driver driver) {
		try (GetSetFixture lock = new GetSetFixture(driver)) {
			lock.granted(ALICE, Duration.ofMillis(1));
			await().atMost(Duration.ofSeconds(4))
				.pollInterval(Duration.ofMillis(50))
				.until(() -> lock.acquire(BOB, TEN_SECONDS) instanceof AcquireAnswer.Granted);
			String value = lock.value();
			assertThat(lock.renew(ALICE, TEN_SECONDS)).isEqualTo(RenewAnswer.NOT_OWNED);
			assertThat(lock.release(ALICE)).isEqualTo(ReleaseAnswer.NOT_OWNED);
			assertThat(lock.release(ALICE)).as("lost stays lost").isEqualTo(ReleaseAnswer.NOT_OWNED);
			assertThat(lock.acquire(ALICE, TEN_SECONDS)).isInstanceOf(AcquireAnswer.Closed.class);
			assertThat(lock.value()).isEqualTo(value);
			assertThat(lock.release(BOB)).isEqualTo(ReleaseAnswer.RELEASED);
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenAcquireIsReplayedThenGrantedAgainWithSameFencingToken(Driver driver) {
		try (GetSetFixture lock = new GetSetFixture(driver)) {
			AcquireAnswer.Granted first = lock.granted(ALICE, TEN_SECONDS);
			AcquireAnswer.Granted replay = lock.granted(ALICE, TEN_SECONDS);
			assertThat(replay.fencingToken()).isEqualTo(first.fencingToken());
			assertThat(replay.lease()).isBetween(TEN_SECONDS, Duration.ofSeconds(11));
			AcquireAnswer.Granted shorter = lock.granted(ALICE, Duration.ofSeconds(1));
			assertThat(shorter.lease()).as("never shortened").isBetween(Duration.ofSeconds(9), Duration.ofSeconds(11));
			AcquireAnswer.Granted longer = lock.granted(ALICE, Duration.ofSeconds(30));
			assertThat(longer.lease()).as("lifted").isBetween(Duration.ofSeconds(30), Duration.ofSeconds(31));
			assertThat(longer.fencingToken()).isEqualTo(first.fencingToken());
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenReleaseIsReplayedThenAlreadyClosed(Driver driver) {
		try (GetSetFixture lock = new GetSetFixture(driver)) {
			lock.granted(ALICE, TEN_SECONDS);
			assertThat(lock.release(ALICE)).isEqualTo(ReleaseAnswer.RELEASED);
			assertThat(lock.release(ALICE)).isEqualTo(ReleaseAnswer.ALREADY_CLOSED);
			lock.granted(BOB, TEN_SECONDS);
			assertThat(lock.release(ALICE)).isEqualTo(ReleaseAnswer.ALREADY_CLOSED);
			assertThat(lock.release(BOB)).isEqualTo(ReleaseAnswer.RELEASED);
			lock.granted(next(ALICE), TEN_SECONDS);
			assertThat(lock.release(ALICE)).isEqualTo(ReleaseAnswer.ALREADY_CLOSED);
			assertThat(lock.release(next(ALICE))).isEqualTo(ReleaseAnswer.RELEASED);
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenAcquireArrivesAfterItsReleaseThenClosed(Driver driver) {
		try (GetSetFixture lock = new GetSetFixture(driver)) {
			assertThat(lock.cancel(ALICE)).isEqualTo(ReleaseAnswer.NOT_OWNED);
			assertThat(lock.acquire(ALICE, TEN_SECONDS)).isInstanceOf(AcquireAnswer.Closed.class);
			assertThat(lock.value()).isNull();
			lock.granted(next(ALICE), TEN_SECONDS);
			assertThat(lock.cancel(next(ALICE))).isEqualTo(ReleaseAnswer.RELEASED);
			assertThat(lock.acquire(next(ALICE), TEN_SECONDS)).isInstanceOf(AcquireAnswer.Closed.class);
			assertThat(lock.acquire(ALICE, TEN_SECONDS)).isInstanceOf(AcquireAnswer.Closed.class);
			assertThat(lock.value()).isNull();
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenRenewedThenLeaseIsLengthenedAndNeverShortened(Driver driver) {
		try (GetSetFixture lock = new GetSetFixture(driver)) {
			lock.granted(ALICE, TEN_SECONDS);
			long value = Long.parseLong(lock.redis.opsForValue().get(lock.key));
			assertThat(lock.renew(ALICE, Duration.ofSeconds(1))).isEqualTo(RenewAnswer.RENEWED);
			assertThat(lock.value()).isEqualTo(Long.toString(value));
			assertThat(lock.renew(ALICE, Duration.ofSeconds(60))).isEqualTo(RenewAnswer.RENEWED);
			assertThat(Long.parseLong(lock.redis.opsForValue().get(lock.key))).isBetween(value + 49, value + 51);
			assertThat(lock.renew(BOB, Duration.ofSeconds(60))).isEqualTo(RenewAnswer.NOT_OWNED);
			assertThat(lock.renew(next(ALICE), Duration.ofSeconds(60))).isEqualTo(RenewAnswer.NOT_OWNED);
			assertThat(lock.release(ALICE)).isEqualTo(ReleaseAnswer.RELEASED);
			assertThat(lock.renew(ALICE, Duration.ofSeconds(60))).isEqualTo(RenewAnswer.NOT_OWNED);
			assertThat(lock.value()).isNull();
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whateverIsWrittenThenItVanishesByItself(Driver driver) {
		try (GetSetFixture lock = new GetSetFixture(driver)) {
			lock.granted(ALICE, TEN_SECONDS);
			assertThat(lock.redis.getExpire(lock.key)).isBetween(11L, 13L);
			assertThat(lock.redis.getExpire(lock.companion)).isBetween(608L, 612L);
			lock.renew(ALICE, Duration.ofSeconds(100));
			assertThat(lock.redis.getExpire(lock.key)).isBetween(101L, 103L);
			lock.release(BOB);
			assertThat(lock.redis.getExpire(lock.companion)).as("as long as the owner needs it").isBetween(698L, 702L);
			lock.release(ALICE);
			assertThat(lock.redis.getExpire(lock.companion)).isBetween(598L, 600L);
			lock.redis.delete(lock.companion);
			lock.cancel(next(ALICE));
			assertThat(lock.redis.getExpire(lock.companion)).isBetween(598L, 600L);
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenManyProcessesComeAndGoThenTheirReceiptsGoToo(Driver driver) {
		try (GetSetFixture lock = new GetSetFixture(driver)) {
			long old = lock.seconds() - RETENTION.toSeconds() - 1;
			for (int i = 0; i < 100; i++) {
				lock.redis.opsForHash().put(lock.companion, "closed:old:" + i, "7 released " + old);
			}
			for (int i = 0; i < 5; i++) {
				assertThat(lock.cancel(new OwnerToken("new:" + i, 3))).isEqualTo(ReleaseAnswer.NOT_OWNED);
			}
			assertThat(lock.redis.opsForHash().keys(lock.companion)).hasSize(5);
			assertThat(lock.acquire(new OwnerToken("new:0", 3), TEN_SECONDS)).isInstanceOf(AcquireAnswer.Closed.class);
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenAttemptThatDoesNotWaitIsRefusedThenALateCopyOfItTakesNothing(Driver driver) {
		try (GetSetFixture lock = new GetSetFixture(driver)) {
			lock.granted(ALICE, Duration.ofSeconds(100));
			assertThat(lock.acquireAtOnce(BOB)).isInstanceOf(AcquireAnswer.Held.class);
			assertThat(lock.redis.getExpire(lock.companion)).as("as long as the owner needs it").isBetween(698L, 702L);
			assertThat(lock.release(ALICE)).isEqualTo(ReleaseAnswer.RELEASED);
			assertThat(lock.acquireAtOnce(BOB)).isInstanceOf(AcquireAnswer.Closed.class);
			assertThat(lock.value()).isNull();
			assertThat(lock.acquireAtOnce(next(BOB))).isInstanceOf(AcquireAnswer.Granted.class);
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenAnOlderClientHoldsThenALateCopyOfAnAttemptThatDidNotWaitTakesNothing(Driver driver) {
		try (GetSetFixture lock = new GetSetFixture(driver)) {
			String value = Long.toString(lock.seconds() + 100);
			lock.value(value);
			assertThat(lock.acquireAtOnce(BOB)).isInstanceOf(AcquireAnswer.Held.class);
			assertThat(lock.value()).as("the older client's").isEqualTo(value);
			assertThat(lock.redis.getExpire(lock.companion)).isBetween(598L, 600L);
			lock.redis.delete(lock.key);
			assertThat(lock.acquireAtOnce(BOB)).isInstanceOf(AcquireAnswer.Closed.class);
			assertThat(lock.value()).isNull();
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenManyProcessesAttemptWithoutWaitingThenOldReceiptsGo(Driver driver) {
		try (GetSetFixture lock = new GetSetFixture(driver)) {
			long old = lock.seconds() - RETENTION.toSeconds() - 1;
			for (int i = 0; i < 100; i++) {
				lock.redis.opsForHash().put(lock.companion, "closed:old:" + i, "7 released " + old);
			}
			lock.value(lock.seconds() + 100);
			for (int i = 0; i < 5; i++) {
				assertThat(lock.acquireAtOnce(new OwnerToken("new:" + i, 3))).isInstanceOf(AcquireAnswer.Held.class);
			}
			assertThat(lock.redis.opsForHash().keys(lock.companion)).hasSize(5);
		}
	}

}
