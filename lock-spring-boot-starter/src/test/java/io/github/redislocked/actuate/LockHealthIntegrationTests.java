/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.actuate;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.jayway.jsonpath.JsonPath;
import io.github.redislocked.Lease;
import io.github.redislocked.LockException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockTemplate;
import io.github.redislocked.testing.Signals;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The health indicator over a real port.
 */
class LockHealthIntegrationTests {

	private static final List<String> SETTINGS = List.of("--spring.data.redis.timeout=300ms", "--redis-lock.expire=3s",
			"--redis-lock.timeout=5m", "--redis-lock.startup-check=off",
			"--management.endpoint.health.show-details=always", "--management.health.redis.enabled=false");

	@Test
	@DisabledOnOs(value = OS.WINDOWS, disabledReason = "freezes a process by a signal")
	void whenRedisIsFrozenForALeaseThenDownUntilALockCanBeHadAgain() throws Exception {
		try (TestRedis server = TestRedis.start(); ActuatedApplication application = start(server)) {
			LockTemplate locks = application.locks();
			// The first command connects.
			locks.acquire(spec().timeout(Duration.ofSeconds(30))).close();
			assertThat(status(application)).isEqualTo("UP");
			long pid = server.pid();
			Signals.freeze(pid);
			try {
				tryOnce(locks);
				assertThat(status(application)).isEqualTo("UP");
				Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
					tryOnce(locks);
					return status(application).equals("DOWN");
				});
				HttpResponse<String> answer = application.health();
				assertThat(answer.statusCode()).isEqualTo(503);
				assertThat(Duration.parse(JsonPath.read(answer.body(), "$.details.failingFor")))
					.isGreaterThanOrEqualTo(Duration.ofSeconds(3));
				assertThat(JsonPath.<String>read(answer.body(), "$.details.lastFailure")).isNotEmpty()
					.doesNotContain("health:key");
			}
			finally {
				Signals.thaw(pid);
			}
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
				tryOnce(locks);
				return status(application).equals("UP");
			});
		}
	}

	@Test
	@DisabledOnOs(value = OS.WINDOWS, disabledReason = "freezes a process by a signal")
	void whenOneCallerAsksAgainAndAgainThenDownBeforeItGivesUp() throws Exception {
		try (TestRedis server = TestRedis.start(); ActuatedApplication application = start(server)) {
			LockTemplate locks = application.locks();
			locks.acquire(spec().timeout(Duration.ofSeconds(30))).close();
			long pid = server.pid();
			Signals.freeze(pid);
			CompletableFuture<Lease> call = locks.acquireAsync(spec().timeout(Duration.ofMinutes(4)))
				.toCompletableFuture();
			try {
				Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> status(application).equals("DOWN"));
				assertThat(call).isNotDone();
			}
			finally {
				Signals.thaw(pid);
			}
			call.get(60, TimeUnit.SECONDS).close();
			assertThat(status(application)).isEqualTo("UP");
		}
	}

	@Test
	void whenItIsSwitchedOffThenThereIsNone() throws Exception {
		try (ActuatedApplication application = start(TestRedis.shared(),
				"--management.health.redis-lock.enabled=false")) {
			assertThat(application.health().statusCode()).isEqualTo(404);
			assertThat(application.has(LockHealth.class)).isFalse();
		}
	}

	private static void tryOnce(LockTemplate locks) throws InterruptedException {
		try {
			locks.acquire(spec()).close();
		}
		catch (LockException ex) {
			// Redis is frozen.
		}
	}

	private static LockSpec spec() {
		return LockSpec.of("health:key").timeout(Duration.ofMillis(100));
	}

	private static String status(ActuatedApplication application) throws IOException, InterruptedException {
		return JsonPath.read(application.health().body(), "$.status");
	}

	private static ActuatedApplication start(TestRedis server, String... arguments) {
		return ActuatedApplication.start(server, SETTINGS, arguments);
	}

}
