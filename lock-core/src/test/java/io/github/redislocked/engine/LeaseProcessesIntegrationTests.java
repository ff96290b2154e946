/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a process does with its leases when it was frozen, and when it is told to end.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "freezes a process by a signal")
class LeaseProcessesIntegrationTests {

	private final StringRedisTemplate redis = TestRedis.shared().template();

	private final String key = "order:" + UUID.randomUUID();

	private final TestEngines engines = new TestEngines(TestRedis.shared(), Driver.LETTUCE);

	private final LockEngine engine = this.engines.start();

	@AfterEach
	void stop() {
		this.engines.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 900, 3000 })
	void whenFrozenBeyondTheLeaseThenToldFirstThingAndTouchesNothing(int expireMillis) throws Exception {
		try (LockProcess process = LockProcess.start(TestRedis.shared().port(), Driver.LETTUCE, "frozen").ready()) {
			process.tell("renewed " + this.key + " " + expireMillis);
			assertThat(process.answer()).isEqualTo("renewed");
			process.freeze();
			Lease next = this.engine.acquire(LockSpec.of(this.key).timeout(Duration.ofSeconds(30)));
			assertThat(process.hasAnswered()).isFalse();
			long thawedAt = System.nanoTime();
			process.thaw();
			String[] told = process.answer().split(" ");
			assertThat(told).containsExactly("told", told[1], "false", "PT0S");
			System.out.printf("[measured] thawed after its lease of %d ms: onLost after %d ms%n", expireMillis,
					TimeUnit.NANOSECONDS.toMillis(Long.parseLong(told[1]) - thawedAt));
			assertThat(Duration.ofNanos(Long.parseLong(told[1]) - thawedAt)).isLessThan(Duration.ofSeconds(3));
			process.tell("release " + this.key);
			assertThat(process.answer()).isEqualTo("lost");
			assertThat(this.redis.opsForValue().get("redis-lock:{" + this.key + "}")).isEqualTo(next.ownerToken());
			next.close();
		}
	}

	@Test
	void whenAnApplicationWhoseHolderHangsIsTerminatedThenTheNextHasTheLock() throws Exception {
		try (LockProcess process = LockProcess
			.start(ApplicationProcessMain.class, TestRedis.shared().port(), Driver.LETTUCE, "hanging")
			.ready()) {
			process.tell("acquire " + this.key);
			assertThat(process.answer()).isEqualTo("acquired");
			CompletionStage<Lease> waiter = this.engine
				.acquireAsync(LockSpec.of(this.key).timeout(Duration.ofMinutes(1)));
			TestRedis.awaitWaiters(this.redis, this.key, 1);
			process.terminate();
			assertThat(process.answer()).isEqualTo("lost");
			// Its lease would have lasted for twenty seconds at least.
			assertThat(waiter).succeedsWithin(Duration.ofSeconds(10)).satisfies(Lease::close);
		}
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenAnApplicationIsTerminatedThenNoLockAndNoPlaceIsLeft(Driver driver) throws Exception {
		try (LockProcess process = LockProcess
			.start(ApplicationProcessMain.class, TestRedis.shared().port(), driver, "terminated")
			.ready()) {
			process.tell("acquire " + this.key + "held");
			assertThat(process.answer()).isEqualTo("acquired");
			Lease foreign = this.engine.acquire(LockSpec.of(this.key + "foreign"));
			process.tell("acquire " + this.key + "foreign");
			TestRedis.awaitWaiters(this.redis, this.key + "foreign", 1);
			assertThat(this.redis.hasKey("redis-lock:{" + this.key + "held}")).isTrue();
			process.terminate();
			assertThat(this.redis.hasKey("redis-lock:{" + this.key + "held}")).isFalse();
			assertThat(this.redis.opsForZSet().size("redis-lock:{" + this.key + "foreign}:queue")).isZero();
			assertThat(process.answer()).startsWith("refused").contains("closing");
			foreign.close();
			Awaitility.await()
				.untilAsserted(() -> assertThat(this.redis.keys("redis-lock:{" + this.key + "*"))
					.allMatch((name) -> name.endsWith(":fence")));
		}
	}

}
