/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.actuate;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

import com.jayway.jsonpath.JsonPath;
import io.github.redislocked.Lease;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.Renewal;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What an operator does to a stuck lock over a real port, and what is refused.
 */
class ForcedReleaseEndpointIntegrationTests {

	private static final StringRedisTemplate REDIS = TestRedis.shared().template();

	private static ActuatedApplication one;

	private static ActuatedApplication two;

	@BeforeAll
	static void open() {
		one = start("one", "redislocks");
		two = start("two", "redislocks");
	}

	@AfterAll
	static void close() {
		one.close();
		two.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a/b/c", "two words", "100%", "%2F", "{braces}", "a?b#c", "\u00e4\u00f6\u00fc" })
	void whenAKeyHasSpecialCharactersThenThatLockIsTakenAway(String key) throws Exception {
		try (Lease neighbour = one.locks().acquire(LockSpec.of(key + "x"))) {
			Lease lease = one.locks().acquire(LockSpec.of(key));
			assertThat(two.delete(key + "x", lease.ownerToken()).statusCode()).isEqualTo(409);
			assertThat(two.delete(key, lease.ownerToken()).statusCode()).isEqualTo(200);
			assertThat(JsonPath.<Boolean>read(two.lock(key).body(), "$.held")).isFalse();
			assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close);
			assertThat(neighbour.isHeld()).isTrue();
		}
	}

	@Test
	void whenNobodyHasTheKeyThenNothingIsDone() throws Exception {
		try (Lease lease = one.locks().acquire(LockSpec.of("forced:known"))) {
			HttpResponse<String> answer = two.delete("forced:unknown", lease.ownerToken());
			assertThat(answer.statusCode()).isEqualTo(409);
			assertThat(JsonPath.<Boolean>read(answer.body(), "$.released")).isFalse();
			assertThat(REDIS.keys("redis-lock:{forced:unknown}*")).noneMatch((name) -> name.endsWith("}"));
		}
	}

	@Test
	void whenTheLeaseHasRunOutMeanwhileThenWhoHasTheLockNowKeepsIt() throws Exception {
		String key = "forced:late";
		Lease late = one.locks().acquire(LockSpec.of(key).expire(Duration.ofMillis(500)).renew(Renewal.NEVER));
		Awaitility.await().until(() -> !REDIS.hasKey("redis-lock:{" + key + "}"));
		assertThat(two.delete(key, late.ownerToken()).statusCode()).isEqualTo(409);
		try (Lease next = two.locks().acquire(LockSpec.of(key))) {
			assertThat(two.delete(key, late.ownerToken()).statusCode()).isEqualTo(409);
			assertThat(next.isHeld()).isTrue();
			assertThat(REDIS.opsForValue().get("redis-lock:{" + key + "}")).isEqualTo(next.ownerToken());
		}
		assertThatExceptionOfType(LockLostException.class).isThrownBy(late::close);
	}

	@Test
	void whenItIsNotExposedThenNothingCanBeTakenAway() throws Exception {
		String key = "forced:hidden";
		try (ActuatedApplication hidden = start("hidden", "health");
				Lease lease = one.locks().acquire(LockSpec.of(key))) {
			assertThat(hidden.delete(key, lease.ownerToken()).statusCode()).isEqualTo(404);
			assertThat(hidden.lock(key).statusCode()).isEqualTo(404);
			assertThat(one.send("POST", ActuatedApplication.path(key)).statusCode()).isEqualTo(405);
			assertThat(lease.isHeld()).isTrue();
			assertThat(REDIS.opsForValue().get("redis-lock:{" + key + "}")).isEqualTo(lease.ownerToken());
		}
	}

	@Test
	void whenSeveralInstancesWaitThenTheirQueueIsShownInOrderAndTheirTimesGrow() throws Exception {
		String key = "forced:queue";
		try (ActuatedApplication three = start("three", "redislocks")) {
			Lease lease = one.locks().acquire(LockSpec.of(key));
			CompletionStage<Lease> first = waiter(three, key, 1);
			CompletionStage<Lease> second = waiter(two, key, 2);
			String before = one.lock(key).body();
			String after = two.lock(key).body();
			assertThat(JsonPath.<List<String>>read(before, "$.queue[*].instance")).containsExactly("three", "two");
			assertThat(JsonPath.<List<String>>read(before, "$.queue[*].ownerToken"))
				.containsExactlyElementsOf(REDIS.opsForZSet().range("redis-lock:{" + key + "}:queue", 0, -1));
			assertThat(waited(before, 0)).isGreaterThan(waited(before, 1));
			assertThat(waited(after, 0)).isGreaterThan(waited(before, 0));
			assertThat(waited(after, 1)).isGreaterThan(waited(before, 1));
			assertThat(two.delete(key, lease.ownerToken()).statusCode()).isEqualTo(200);
			first.toCompletableFuture().get().close();
			second.toCompletableFuture().get().close();
			assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close);
		}
	}

	private static CompletionStage<Lease> waiter(ActuatedApplication instance, String key, int place) {
		CompletionStage<Lease> waiter = instance.locks().acquireAsync(LockSpec.of(key).timeout(Duration.ofSeconds(30)));
		TestRedis.awaitWaiters(REDIS, key, place);
		return waiter;
	}

	private static Duration waited(String lock, int place) {
		return Duration.parse(JsonPath.read(lock, "$.queue[" + place + "].waited"));
	}

	private static ActuatedApplication start(String name, String exposed) {
		return ActuatedApplication.start(TestRedis.shared(), List.of(ActuatedApplication.FORCE),
				"--redis-lock.instance-id=" + name, "--management.endpoints.web.exposure.include=" + exposed);
	}

}
