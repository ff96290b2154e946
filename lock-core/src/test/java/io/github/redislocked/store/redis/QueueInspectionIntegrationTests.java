/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.redislocked.inspection.LockSnapshot;
import io.github.redislocked.inspection.QueuedSnapshot;
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
import org.springframework.data.redis.core.ZSetOperations.TypedTuple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Each figure of a lock of the protocol {@code queue} is what Redis says when it is asked
 * by somebody else.
 */
class QueueInspectionIntegrationTests {

	private static final ListingServer SERVER = ListingServer.start(LockRights.QUEUE);

	private static final String KEY = "order:42";

	private static final String LOCK = "redis-lock:{order:42}";

	private static final String QUEUE = LOCK + ":queue";

	private static final String STATE = LOCK + ":fence";

	private final StringRedisTemplate redis = SERVER.redis();

	private final ListingProcess process = SERVER.process(Driver.LETTUCE, "redis-lock:");

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
	void whenALockIsHeldAndAwaitedThenEachFigureIsThatOfRedis(Driver driver) {
		this.process.acquire(KEY);
		this.process.await(KEY);
		waits("shop-3:0011:1", micros() + 1, micros() + 60_000_000);
		try (ListingProcess asking = SERVER.process(driver, "redis-lock:")) {
			Duration atMost = left();
			long earliest = micros();
			LockSnapshot lock = asking.inspection().inspect(KEY);
			long latest = micros();
			assertThat(lock.remaining()).isBetween(left(), atMost);
			assertHolder(lock);
			assertWaiters(lock, instant(earliest), instant(latest));
		}
	}

	private void assertHolder(LockSnapshot lock) {
		assertThat(lock.key()).isEqualTo(KEY);
		assertThat(lock.held()).isTrue();
		assertThat(lock.ownerToken()).isEqualTo(this.redis.opsForValue().get(LOCK));
		assertThat(lock.instance()).isEqualTo("shop-1");
		assertThat(lock.lastFencingToken()).isEqualTo(lastFencingToken());
		assertThat(lock.value()).isNull();
	}

	private void assertWaiters(LockSnapshot lock, Instant earliest, Instant latest) {
		List<TypedTuple<String>> waiters = List.copyOf(this.redis.opsForZSet().rangeWithScores(QUEUE, 0, -1));
		assertThat(waiters).hasSize(2);
		assertThat(lock.waiters()).isEqualTo(2);
		assertThat(lock.queue()).extracting(QueuedSnapshot::instance).containsExactly("shop-2", "shop-3");
		for (int i = 0; i < waiters.size(); i++) {
			QueuedSnapshot waiter = lock.queue().get(i);
			assertThat(waiter.ownerToken()).isEqualTo(waiters.get(i).getValue());
			assertThat(waiter.since()).isEqualTo(instant(waiters.get(i).getScore().longValue()));
			assertThat(waiter.since().plus(waiter.waited())).isBetween(earliest, latest);
			assertThat(waiter.live()).isTrue();
		}
	}

	@Test
	void whenALockIsFreeThenOnlyItsLastFencingTokenIsKnown() {
		assertThat(inspect()).isEqualTo(LockSnapshot.free(KEY));
		this.process.release(KEY, this.process.acquire(KEY));
		assertThat(inspect())
			.isEqualTo(new LockSnapshot(KEY, false, null, null, null, lastFencingToken(), null, 0, List.of()));
	}

	@Test
	void whenTheStateIsGoneThenTheHolderIsKnownWithoutAFencingToken() {
		OwnerToken holder = this.process.acquire(KEY);
		this.redis.delete(STATE);
		LockSnapshot lock = inspect();
		assertThat(lock.ownerToken()).isEqualTo(holder.toString());
		assertThat(lock.lastFencingToken()).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "shop:0011:7, shop:0011:7, shop", "a:b:0011:7, a:b:0011:7, a:b", "somebody,,", "two words:1,," })
	void whenALockHasNoEndThenNoneIsShown(String holder, @Nullable String ownerToken, @Nullable String instance) {
		this.redis.opsForValue().set(LOCK, holder);
		assertThat(inspect())
			.isEqualTo(new LockSnapshot(KEY, true, ownerToken, instance, null, null, null, 0, List.of()));
	}

	@Test
	void whenTheTimeOfAWaiterIsOverThenItIsNotLive() {
		long now = micros();
		waits("shop-2:0011:1", now - 9_000_000, now - 1);
		waits("shop-3:0011:1", now - 8_000_000, now + 60_000_000);
		this.redis.opsForZSet().add(QUEUE, "shop-4:0011:1", now - 7_000_000);
		LockSnapshot lock = inspect();
		assertThat(lock.held()).isFalse();
		assertThat(lock.remaining()).isNull();
		assertThat(lock.waiters()).isEqualTo(3);
		assertThat(lock.queue()).extracting(QueuedSnapshot::instance, QueuedSnapshot::live)
			.containsExactly(tuple("shop-2", false), tuple("shop-3", true), tuple("shop-4", false));
	}

	@Test
	void whenTheClockWasSetBackSinceAWaiterCameThenItHasNotWaited() {
		long later = micros() + 3_600_000_000L;
		waits("shop-2:0011:1", later, later);
		QueuedSnapshot waiter = inspect().queue().get(0);
		assertThat(waiter.since()).isEqualTo(instant(later));
		assertThat(waiter.waited()).isZero();
	}

	@Test
	void whenVeryManyWaitThenAllAreCountedAndTheFirstHundredAreShown() {
		List<String> tokens = IntStream.range(0, 120).mapToObj((number) -> "shop-" + number + ":0011:1").toList();
		for (int i = 0; i < tokens.size(); i++) {
			this.redis.opsForZSet().add(QUEUE, tokens.get(i), 1_000 + i);
		}
		LockSnapshot lock = inspect();
		assertThat(lock.waiters()).isEqualTo(120);
		assertThat(lock.queue()).extracting(QueuedSnapshot::ownerToken)
			.containsExactlyElementsOf(tokens.subList(0, 100));
	}

	@Test
	void whenSomebodyLooksThenNothingChanges() {
		this.process.acquire(KEY);
		this.process.await(KEY);
		this.redis.opsForZSet().add(QUEUE, "foreign", 5);
		Map<String, String> before = contents();
		assertThat(before).containsOnlyKeys(LOCK, QUEUE, STATE);
		Map<String, Long> timesToLive = timesToLive(before.keySet());
		inspect();
		this.process.page(null, 10);
		assertThat(contents()).isEqualTo(before);
		timesToLive(before.keySet())
			.forEach((name, left) -> assertThat(left).as(name).isBetween(1L, timesToLive.get(name)));
	}

	private LockSnapshot inspect() {
		return this.process.inspection().inspect(KEY);
	}

	private void waits(String token, long arrival, long deadline) {
		this.redis.opsForZSet().add(QUEUE, token, arrival);
		this.redis.opsForHash().put(STATE, "wait:" + token, deadline + " 30000 0");
	}

	private Map<String, String> contents() {
		Map<String, String> contents = new TreeMap<>();
		this.redis.keys("*").forEach((name) -> contents.put(name, HexFormat.of().formatHex(this.redis.dump(name))));
		return contents;
	}

	private Map<String, Long> timesToLive(Set<String> names) {
		return names.stream()
			.collect(
					Collectors.toMap(Function.identity(), (name) -> this.redis.getExpire(name, TimeUnit.MILLISECONDS)));
	}

	private long lastFencingToken() {
		return Long.parseLong(this.redis.<String, String>opsForHash().get(STATE, "last"));
	}

	private Duration left() {
		return Duration.ofMillis(this.redis.getExpire(LOCK, TimeUnit.MILLISECONDS));
	}

	private long micros() {
		return this.redis
			.execute((RedisConnection connection) -> connection.serverCommands().time(TimeUnit.MICROSECONDS));
	}

	private static Instant instant(long micros) {
		return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
	}

}
