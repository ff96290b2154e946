/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.inspection.LockSnapshot;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.testing.Driver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each figure of a lock of the protocol {@code getset} is what Redis says when it is
 * asked by somebody else.
 */
class GetSetInspectionIntegrationTests {

	private static final ListingServer SERVER = ListingServer.start(LockRights.GETSET);

	private static final String KEY = "order:42";

	private static final String COMPANION = "redis-lock-owner:{order:42}";

	private final StringRedisTemplate redis = SERVER.redis();

	private final ListingProcess process = SERVER.process(Driver.LETTUCE, "");

	@BeforeEach
	void nothingIsThere() {
		SERVER.clear();
	}

	@AfterEach
	void end() {
		this.process.close();
	}

	@AfterAll
	static void stop() {
		SERVER.close();
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenALockIsOursThenEachFigureIsThatOfRedis(Driver driver) {
		OwnerToken holder = this.process.acquire(KEY);
		Instant earliest = now();
		LockSnapshot lock = inspect(driver);
		assertRemaining(lock, earliest, Instant.ofEpochSecond(Long.parseLong(value())));
		assertThat(lock).isEqualTo(new LockSnapshot(KEY, true, holder.toString(), "shop-1", lock.remaining(),
				Long.valueOf(companion("fence")), value(), 0, List.of()));
		assertThat(lock.ownerToken()).isEqualTo(companion("token"));
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenALockIsOfAForeignClientThenItIsHeldThroughTheSecondThatItNames(Driver driver) {
		Instant earliest = now();
		long end = earliest.getEpochSecond() + 60;
		value(end);
		LockSnapshot lock = inspect(driver);
		assertRemaining(lock, earliest, Instant.ofEpochSecond(end + 1));
		assertThat(lock).isEqualTo(held(null, null, lock.remaining(), null));
	}

	@Test
	void whenNothingIsKnownThenTheLockIsFree() {
		assertThat(inspect()).isEqualTo(LockSnapshot.free(KEY));
	}

	@Test
	void whenALockIsReleasedThenItsLastFencingTokenIsKnown() {
		OwnerToken holder = this.process.acquire(KEY);
		this.process.release(KEY, holder);
		assertThat(inspect()).isEqualTo(
				new LockSnapshot(KEY, false, null, null, null, Long.valueOf(companion("fence")), null, 0, List.of()));
	}

	@Test
	void whenOurLeaseHasRunOutThenNobodyHoldsTheLockAndItsValueIsThereStill() {
		long past = now().getEpochSecond() - 5;
		value(past);
		companion("shop-1:0011:1", past, 2_000_000_000_000_001L);
		assertThat(inspect()).isEqualTo(new LockSnapshot(KEY, false, null, null, null, 2_000_000_000_000_001L,
				Long.toString(past), 0, List.of()));
	}

	@Test
	void whenAForeignClientMovesTheValueDuringOurLeaseThenTheLockIsOursAndLastsAsLongAsOurLease() {
		Instant earliest = now();
		long end = earliest.getEpochSecond() + 20;
		companion("shop-1:0011:1", end, 7);
		value(end + 100);
		LockSnapshot lock = inspect();
		assertRemaining(lock, earliest, Instant.ofEpochSecond(end));
		assertThat(lock).isEqualTo(held("shop-1:0011:1", "shop-1", lock.remaining(), 7L));
	}

	@Test
	void whenAForeignClientHasTheLockAfterOurLeaseThenItIsNotOurs() {
		Instant earliest = now();
		companion("shop-1:0011:1", earliest.getEpochSecond() - 5, 7);
		value(earliest.getEpochSecond() + 60);
		LockSnapshot lock = inspect();
		assertThat(lock).isEqualTo(held(null, null, lock.remaining(), 7L));
	}

	@Test
	void whenALockHoldsNoTimeThenItHasNoEndAndAllThatItHoldsIsShown() {
		value("two words, and some");
		assertThat(inspect()).isEqualTo(held(null, null, null, null));
	}

	@ParameterizedTest
	@CsvSource({ "token,a b,7", "token,-,7", "token,'',7", "value,abc,7", "value,nan,7", "value,inf,7", "fence,abc,",
			"fence,1e300,", "fence,-inf," })
	void whenSomebodyHasSpoiltWhatIsBesideALockThenItIsShownWithoutThat(String field, String text,
			@Nullable Long lastFencingToken) {
		Instant earliest = now();
		long end = earliest.getEpochSecond() + 20;
		companion("shop-1:0011:1", end, 7);
		value(end);
		this.redis.opsForHash().put(COMPANION, field, text);
		LockSnapshot lock = inspect();
		boolean ours = field.equals("fence");
		assertThat(lock)
			.isEqualTo(held(ours ? "shop-1:0011:1" : null, ours ? "shop-1" : null, lock.remaining(), lastFencingToken));
		assertThat(ListingProcess.keys(10, this.process)).containsExactly(KEY);
	}

	private LockSnapshot inspect(Driver driver) {
		try (ListingProcess asking = SERVER.process(driver, "")) {
			return asking.inspection().inspect(KEY);
		}
	}

	private LockSnapshot inspect() {
		return this.process.inspection().inspect(KEY);
	}

	// Milliseconds are rounded up.
	private void assertRemaining(LockSnapshot lock, Instant earliest, Instant end) {
		assertThat(lock.remaining()).isBetween(Duration.between(now(), end),
				Duration.between(earliest, end).plusMillis(1));
	}

	private LockSnapshot held(@Nullable String ownerToken, @Nullable String instance, @Nullable Duration remaining,
			@Nullable Long lastFencingToken) {
		return new LockSnapshot(KEY, true, ownerToken, instance, remaining, lastFencingToken, value(), 0, List.of());
	}

	private @Nullable String value() {
		return this.redis.opsForValue().get(KEY);
	}

	private void value(Object value) {
		this.redis.opsForValue().set(KEY, value.toString());
	}

	private String companion(String field) {
		return this.redis.<String, String>opsForHash().get(COMPANION, field);
	}

	private void companion(String token, long end, long fencingToken) {
		this.redis.opsForHash()
			.putAll(COMPANION,
					Map.of("token", token, "value", Long.toString(end), "fence", Long.toString(fencingToken)));
	}

	private Instant now() {
		return Instant.EPOCH.plus(
				this.redis
					.execute((RedisConnection connection) -> connection.serverCommands().time(TimeUnit.MICROSECONDS)),
				ChronoUnit.MICROS);
	}

}
