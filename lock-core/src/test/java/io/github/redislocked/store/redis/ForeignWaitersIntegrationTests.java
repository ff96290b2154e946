/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import io.github.redislocked.inspection.ListedLock;
import io.github.redislocked.inspection.LockSnapshot;
import io.github.redislocked.inspection.QueuedSnapshot;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.testing.Driver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * What an operator is shown of a lock into whose Redis keys something else has written.
 */
class ForeignWaitersIntegrationTests {

	private static final ListingServer SERVER = ListingServer.start(LockRights.QUEUE);

	private static final String QUEUE = "redis-lock:{order:42}:queue";

	private static final String STATE = "redis-lock:{order:42}:fence";

	private final StringRedisTemplate redis = SERVER.redis();

	@BeforeEach
	void nothingIsThere() {
		SERVER.clear();
	}

	@AfterAll
	static void stop() {
		SERVER.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "foreign", "a:b:c", "a:0", "a b:1", "two\nlines:1", "", "-", "?", "\u00e4:1",
			"a:99999999999999999999" })
	void whenAWaiterHasNoOwnerTokenThenItIsShownWithoutOneAndTheOthersAreAsEver(String member) {
		try (ListingProcess process = SERVER.process(Driver.LETTUCE, "redis-lock:")) {
			process.acquire("order:42");
			process.await("order:42");
			process.acquire("order:43");
			this.redis.opsForZSet().add(QUEUE, member, 5);
			LockSnapshot lock = process.inspection().inspect("order:42");
			assertThat(lock.waiters()).isEqualTo(2);
			assertThat(lock.queue()).hasSize(2);
			QueuedSnapshot foreign = lock.queue().get(0);
			assertThat(foreign.ownerToken()).isNull();
			assertThat(foreign.instance()).isNull();
			assertThat(foreign.since()).isEqualTo(Instant.EPOCH.plusNanos(5_000));
			assertThat(foreign.live()).isFalse();
			assertThat(lock.queue().get(1).instance()).isEqualTo("shop-2");
			assertThat(lock.queue().get(1).live()).isTrue();
			assertThat(process.page(null, 10).locks()).extracting(ListedLock::key, ListedLock::waiters)
				.containsExactlyInAnyOrder(tuple("order:42", 2L), tuple("order:43", 0L));
		}
	}

	@ParameterizedTest
	@ValueSource(doubles = { Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300, -1e300, 0.5 })
	void whenAWaitersTimeOfArrivalIsNoneThenItIsShownAllTheSame(double score) {
		try (ListingProcess process = SERVER.process(Driver.LETTUCE, "redis-lock:")) {
			OwnerToken holder = process.acquire("order:42");
			this.redis.opsForZSet().add(QUEUE, "shop-3:0011:1", score);
			LockSnapshot lock = process.inspection().inspect("order:42");
			assertThat(lock.ownerToken()).isEqualTo(holder.toString());
			assertThat(lock.queue()).extracting(QueuedSnapshot::ownerToken).containsExactly("shop-3:0011:1");
			assertThat(lock.queue().get(0).waited()).isGreaterThanOrEqualTo(Duration.ZERO);
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenNumbersOfALockAreNoneThenTheyCountAsUnknown(Driver driver) {
		try (ListingProcess process = SERVER.process(driver, "redis-lock:")) {
			process.acquire("order:42");
			this.redis.opsForZSet().add(QUEUE, "shop-3:0011:1", 5);
			for (String number : new String[] { "inf", "-7", "nan", "1e300", "x", "0x" }) {
				this.redis.opsForHash().putAll(STATE, Map.of("last", number, "wait:shop-3:0011:1", number));
				LockSnapshot lock = process.inspection().inspect("order:42");
				assertThat(lock.held()).isTrue();
				assertThat(lock.lastFencingToken()).as(number).isNull();
				assertThat(lock.queue().get(0).live()).as(number).isFalse();
			}
		}
	}

	@Test
	void whenSomethingForeignStandsFirstThenTheNextCallerGetsTheLock() {
		try (ListingProcess process = SERVER.process(Driver.LETTUCE, "redis-lock:")) {
			OwnerToken holder = process.acquire("order:42");
			process.await("order:42");
			this.redis.opsForZSet().add(QUEUE, "foreign", 5);
			process.release("order:42", holder);
			LockSnapshot lock = process.inspection().inspect("order:42");
			assertThat(lock.instance()).isEqualTo("shop-2");
			assertThat(lock.queue()).isEmpty();
		}
	}

}
