/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.redislocked.LockStoreException;
import io.github.redislocked.store.AcquireRequest;
import io.github.redislocked.store.ReleaseAnswer;
import io.github.redislocked.store.RenewAnswer;
import io.github.redislocked.testing.Driver;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static io.github.redislocked.store.redis.GetSetFixture.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GetSetLockStore} where something lies that is no lock, or where there
 * can be none.
 */
class GetSetForeignValuesIntegrationTests {

	private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenTheClockIsBehindTheFencingTokenThenItIsKeptHoweverOftenTheLockIsUsed(Driver driver) {
		try (GetSetFixture lock = new GetSetFixture(driver)) {
			lock.redis.opsForHash().put(lock.companion, "fence", Long.toString(lock.micros() + 3_600_000_000L));
			lock.redis.expire(lock.companion, Duration.ofSeconds(4_200));
			long before = System.nanoTime();
			for (int i = 0; i < 50; i++) {
				lock.granted(ALICE, Duration.ofSeconds(10));
				lock.renew(ALICE, Duration.ofSeconds(10));
			}
			Duration kept = Duration.ofMillis(lock.redis.getExpire(lock.companion, TimeUnit.MILLISECONDS));
			assertThat(kept.plusNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofSeconds(4_199));
		}
	}

	@ParameterizedTest
	@MethodSource("valuesThatAreNoLock")
	void whenValueIsNoWholeNumberThenErrorSaysSoAndValueIsKept(Driver driver, String value) {
		try (GetSetFixture lock = new GetSetFixture(driver)) {
			lock.value(value);
			LockStoreException ex = attempt(lock, lock.key);
			assertThat(ex).hasMessageContaining("its Redis key holds something else").hasMessageNotContaining(lock.key);
			assertThat(ex.isTransient()).isFalse();
			assertThat(ex.key()).isEqualTo(lock.key);
			assertThat(lock.value()).isEqualTo(value);
			assertThat(lock.redis.hasKey(lock.companion)).isFalse();
			assertThat(lock.release(ALICE)).isEqualTo(ReleaseAnswer.NOT_OWNED);
			assertThat(lock.value()).isEqualTo(value);
		}
	}

	@ParameterizedTest
	@MethodSource("valuesThatAreNoLock")
	void whenHeldLockIsOverwrittenThenItIsLostAndValueIsKept(Driver driver, String value) {
		try (GetSetFixture lock = new GetSetFixture(driver)) {
			lock.granted(ALICE, TEN_SECONDS);
			lock.value(value);
			assertThat(lock.renew(ALICE, TEN_SECONDS)).isEqualTo(RenewAnswer.NOT_OWNED);
			assertThat(lock.release(ALICE)).isEqualTo(ReleaseAnswer.NOT_OWNED);
			assertThat(lock.value()).isEqualTo(value);
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenValueIsAnyWholeNumberInThePastThenTaken(Driver driver) {
		for (String value : new String[] { "0", "-1", "007", "1700000000" }) {
			try (GetSetFixture lock = new GetSetFixture(driver)) {
				lock.value(value);
				lock.granted(ALICE, TEN_SECONDS);
				assertThat(lock.release(ALICE)).isEqualTo(ReleaseAnswer.RELEASED);
			}
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenLockIsOfAnotherTypeThenErrorNamesKeyAndItIsKept(Driver driver) {
		try (GetSetFixture lock = new GetSetFixture(driver)) {
			lock.redis.opsForList().rightPush(lock.key, "job");
			LockStoreException ex = attempt(lock, lock.key);
			assertThat(ex).hasMessageContaining("its Redis key holds something else").hasMessageNotContaining(lock.key);
			assertThat(ex.isTransient()).isFalse();
			assertThat(lock.renew(ALICE, TEN_SECONDS)).isEqualTo(RenewAnswer.NOT_OWNED);
			assertThat(lock.release(ALICE)).isEqualTo(ReleaseAnswer.NOT_OWNED);
			assertThat(lock.redis.opsForList().size(lock.key)).isOne();
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenCompanionIsOfAnotherTypeThenErrorNamesItAndNothingIsTaken(Driver driver) {
		try (GetSetFixture lock = new GetSetFixture(driver)) {
			lock.redis.opsForValue().set(lock.companion, "mine");
			LockStoreException ex = attempt(lock, lock.key);
			assertThat(ex).hasMessageContaining("the Redis key beside it, of its owner, holds something else");
			assertThat(GetSetFixture.failure(lock.store.release(lock.key, ALICE))).hasMessageContaining("beside it");
			assertThat(lock.value()).isNull();
			assertThat(lock.redis.opsForValue().get(lock.companion)).isEqualTo("mine");
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenKeyCannotBeLockedThenErrorSaysWhatToChange(Driver driver) {
		try (GetSetFixture lock = new GetSetFixture(driver)) {
			LockStoreException ex = attempt(lock, "a}\nb");
			assertThat(ex).hasMessage("The key cannot be locked: no other Redis key can be sure to share a "
					+ "cluster slot with a name whose braces are unpaired or empty: remove the '}' from the key, or use a "
					+ "hash tag such as {42}");
			assertThat(ex.isTransient()).isFalse();
			assertThat(ex.key()).isEqualTo("a}\nb");
			assertThat(attempt(lock, lock.companion)).hasMessageContaining("choose another key or key-prefix");
			assertThat(GetSetFixture.failure(lock.store.renew("a}", ALICE, TEN_SECONDS)).isTransient()).isFalse();
			assertThat(GetSetFixture.failure(lock.store.cancel("a}", ALICE)).isTransient()).isFalse();
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenKeyIsHostileThenItIsLockedUnderItsOwnName(Driver driver) {
		try (GetSetFixture lock = new GetSetFixture(driver)) {
			for (String key : new String[] { " ", "a b", "a\r\nDEL x", "\0", "'..'", "%s", "\u00e9\ud83d\udd12",
					"x".repeat(512), "{t}" }) {
				String name = lock.key + key;
				GetSetFixture.get(lock.store.acquire(new AcquireRequest(name, ALICE, TEN_SECONDS, Duration.ZERO, 0)));
				assertThat(lock.redis.opsForValue().get(name)).matches("\\d{10}");
				assertThat(GetSetFixture.get(lock.store.release(name, ALICE))).isEqualTo(ReleaseAnswer.RELEASED);
			}
		}
	}

	static Stream<Arguments> valuesThatAreNoLock() {
		String[] values = { "", " ", "abc", "1.5", "1e9", "0x10", "+1", "12 ", "\n12", "--1", "-", "nan", "inf",
				// A time in milliseconds, and what no number type holds.
				"1795362735959", "100000000000", "-100000000000", "9".repeat(400),
				"host:00112233445566778899aabbccddeeff:1" };
		return Stream.of(Driver.values())
			.flatMap((driver) -> Stream.of(values).map((value) -> Arguments.of(driver, value)));
	}

	private static LockStoreException attempt(GetSetFixture lock, String key) {
		return GetSetFixture.failure(lock.store.acquire(new AcquireRequest(key, ALICE, TEN_SECONDS, Duration.ZERO, 0)));
	}

}
