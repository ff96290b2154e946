/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.RestrictedUser;
import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RightsCheck}, with a real user whose rights are taken away one by one.
 */
class RightsCheckIntegrationTests {

	private static final String PREFIX = "redis-lock:";

	private static final StringRedisTemplate REDIS = TestRedis.shared().template();

	static List<String> commandsOfQueue() {
		return LockRights.QUEUE.commands();
	}

	static List<String> commandsOfGetSet() {
		return LockRights.GETSET.commands();
	}

	static Stream<String> commandsOfSubscriptions() {
		return Stream.of("subscribe", "unsubscribe", "publish", "eval", "evalsha", "ping", "info");
	}

	@ParameterizedTest
	@EnumSource(LockRights.class)
	void whenTheUserHasTheDocumentedRightsThenNothingIsFound(LockRights rights) {
		for (Driver driver : Driver.values()) {
			assertThat(check(driver, rights, rights.rules(PREFIX))).isEmpty();
		}
	}

	@ParameterizedTest
	@MethodSource("commandsOfQueue")
	void whenARightIsMissingThenItIsNamed(String right) {
		assertNamed(Driver.LETTUCE, LockRights.QUEUE, right);
	}

	@ParameterizedTest
	@MethodSource("commandsOfGetSet")
	void whenARightForGetSetIsMissingThenItIsNamed(String right) {
		assertNamed(Driver.LETTUCE, LockRights.GETSET, right);
	}

	@ParameterizedTest
	@MethodSource("commandsOfSubscriptions")
	void whenARightIsMissingOnJedisThenItIsNamed(String right) {
		assertNamed(Driver.JEDIS, LockRights.QUEUE, right);
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenTheKeysAreForbiddenThenTheyAreNamed(Driver driver) {
		List<RedisFinding> findings = check(driver, LockRights.QUEUE,
				LockRights.QUEUE.rules(PREFIX).replace("~redis-lock:*", "~other:*"));
		assertThat(findings).singleElement().satisfies((finding) -> {
			assertThat(finding.problem()).isEqualTo(
					"Redis at here does not let its user use the keys that begin with 'redis-lock:': locks will fail");
			assertThat(finding.action()).contains("ACL SETUSER <user> ~redis-lock:*");
		});
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenTheChannelsAreForbiddenThenTheyAreNamed(Driver driver) {
		List<RedisFinding> findings = check(driver, LockRights.QUEUE,
				LockRights.QUEUE.rules(PREFIX).replace("&redis-lock:*", "&other:*"));
		assertThat(findings).singleElement().satisfies((finding) -> {
			assertThat(finding.problem()).isEqualTo(
					"Redis at here does not let its user use the channels that begin with 'redis-lock:': waiters cannot be woken, and ask up to four times a second instead");
			assertThat(finding.action()).contains("&redis-lock:*");
		});
	}

	@Test
	void whenSeveralRightsAreMissingThenTheyAreToldTogether() {
		assertThat(check(Driver.LETTUCE, LockRights.QUEUE,
				LockRights.QUEUE.rules(PREFIX) + " -hset -zadd -publish -subscribe"))
			.extracting(RedisFinding::toString)
			.containsExactly("Redis at here does not let its user run hset, zadd: locks will fail. "
					+ "Give the user of spring.data.redis.username the rights that it lacks: ACL SETUSER <user> +hset +zadd",
					"Redis at here does not let its user run publish, subscribe: waiters cannot be woken, and ask up to four times a second instead. "
							+ "Give the user of spring.data.redis.username the rights that it lacks: ACL SETUSER <user> +publish +subscribe");
	}

	private static void assertNamed(Driver driver, LockRights rights, String missing) {
		List<String> others = new ArrayList<>(rights.commands());
		others.remove(missing);
		assertThat(check(driver, rights, rights.keys(PREFIX) + " " + LockRights.added(others))).singleElement()
			.satisfies((finding) -> {
				assertThat(finding.problem()).startsWith("Redis at here does not let its user run " + missing + ": ")
					.endsWith(LockRights.FOR_WAKE_UPS.contains(missing) ? "four times a second instead"
							: "locks will fail");
				assertThat(finding.action()).endsWith("ACL SETUSER <user> +" + missing);
			});
	}

	private static List<RedisFinding> check(Driver driver, LockRights rights, String rules) {
		List<String> command = new ArrayList<>(
				List.of("SETUSER", "other", "reset", "on", ">" + RestrictedUser.PASSWORD));
		command.addAll(List.of(rules.split(" ")));
		REDIS.execute((RedisConnection connection) -> connection.execute("ACL",
				command.stream().map((word) -> word.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new)));
		RedisConnectionFactory connections = driver.connect(RestrictedUser.named(TestRedis.shared().port(), "other"),
				Duration.ofSeconds(10));
		return RedisSetupCheckIntegrationTests.check(connections, rights);
	}

}
