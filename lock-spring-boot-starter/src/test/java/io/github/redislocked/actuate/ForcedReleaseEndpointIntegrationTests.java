/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.actuate;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

import com.jayway.jsonpath.JsonPath;
import io.github.redislocked.Lease;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockTemplate;
import io.github.redislocked.Renewal;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.web.util.UriUtils;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What an operator does to a stuck lock over a real port, and what is refused.
 */
class ForcedReleaseEndpointIntegrationTests {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private static final StringRedisTemplate REDIS = TestRedis.shared().template();

	private static ConfigurableApplicationContext one;

	private static ConfigurableApplicationContext two;

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
		try (Lease neighbour = locks(one).acquire(LockSpec.of(key + "x"))) {
			Lease lease = locks(one).acquire(LockSpec.of(key));
			assertThat(delete(two, key + "x", lease.ownerToken()).statusCode()).isEqualTo(409);
			assertThat(delete(two, key, lease.ownerToken()).statusCode()).isEqualTo(200);
			assertThat(JsonPath.<Boolean>read(send(two, "GET", path(key)).body(), "$.held")).isFalse();
			assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close);
			assertThat(neighbour.isHeld()).isTrue();
		}
	}

	@Test
	void whenNobodyHasTheKeyThenNothingIsDone() throws Exception {
		try (Lease lease = locks(one).acquire(LockSpec.of("forced:known"))) {
			HttpResponse<String> answer = delete(two, "forced:unknown", lease.ownerToken());
			assertThat(answer.statusCode()).isEqualTo(409);
			assertThat(JsonPath.<Boolean>read(answer.body(), "$.released")).isFalse();
			assertThat(REDIS.keys("redis-lock:{forced:unknown}*")).noneMatch((name) -> name.endsWith("}"));
		}
	}

	@Test
	void whenTheLeaseHasRunOutMeanwhileThenWhoHasTheLockNowKeepsIt() throws Exception {
		String key = "forced:late";
		Lease late = locks(one).acquire(LockSpec.of(key).expire(Duration.ofMillis(500)).renew(Renewal.NEVER));
		Awaitility.await().until(() -> !REDIS.hasKey("redis-lock:{" + key + "}"));
		assertThat(delete(two, key, late.ownerToken()).statusCode()).isEqualTo(409);
		try (Lease next = locks(two).acquire(LockSpec.of(key))) {
			assertThat(delete(two, key, late.ownerToken()).statusCode()).isEqualTo(409);
			assertThat(next.isHeld()).isTrue();
			assertThat(REDIS.opsForValue().get("redis-lock:{" + key + "}")).isEqualTo(next.ownerToken());
		}
		assertThatExceptionOfType(LockLostException.class).isThrownBy(late::close);
	}

	@Test
	void whenItIsNotExposedThenNothingCanBeTakenAway() throws Exception {
		String key = "forced:hidden";
		try (ConfigurableApplicationContext hidden = start("hidden", "health");
				Lease lease = locks(one).acquire(LockSpec.of(key))) {
			assertThat(delete(hidden, key, lease.ownerToken()).statusCode()).isEqualTo(404);
			assertThat(send(hidden, "GET", path(key)).statusCode()).isEqualTo(404);
			assertThat(send(one, "POST", path(key)).statusCode()).isEqualTo(405);
			assertThat(lease.isHeld()).isTrue();
			assertThat(REDIS.opsForValue().get("redis-lock:{" + key + "}")).isEqualTo(lease.ownerToken());
		}
	}

	@Test
	void whenSeveralInstancesWaitThenTheirQueueIsShownInOrderAndTheirTimesGrow() throws Exception {
		String key = "forced:queue";
		try (ConfigurableApplicationContext three = start("three", "redislocks")) {
			Lease lease = locks(one).acquire(LockSpec.of(key));
			CompletionStage<Lease> first = waiter(three, key, 1);
			CompletionStage<Lease> second = waiter(two, key, 2);
			String before = send(one, "GET", path(key)).body();
			String after = send(two, "GET", path(key)).body();
			assertThat(JsonPath.<List<String>>read(before, "$.queue[*].instance")).containsExactly("three", "two");
			assertThat(JsonPath.<List<String>>read(before, "$.queue[*].ownerToken"))
				.containsExactlyElementsOf(REDIS.opsForZSet().range("redis-lock:{" + key + "}:queue", 0, -1));
			assertThat(waited(before, 0)).isGreaterThan(waited(before, 1));
			assertThat(waited(after, 0)).isGreaterThan(waited(before, 0));
			assertThat(waited(after, 1)).isGreaterThan(waited(before, 1));
			assertThat(delete(two, key, lease.ownerToken()).statusCode()).isEqualTo(200);
			first.toCompletableFuture().get().close();
			second.toCompletableFuture().get().close();
			assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close);
		}
	}

	private static CompletionStage<Lease> waiter(ConfigurableApplicationContext instance, String key, int place) {
		CompletionStage<Lease> waiter = locks(instance).acquireAsync(LockSpec.of(key).timeout(Duration.ofSeconds(30)));
		TestRedis.awaitWaiters(REDIS, key, place);
		return waiter;
	}

	private static Duration waited(String lock, int place) {
		return Duration.parse(JsonPath.read(lock, "$.queue[" + place + "].waited"));
	}

	private static LockTemplate locks(ConfigurableApplicationContext instance) {
		return instance.getBean(LockTemplate.class);
	}

	private static String path(String key) {
		return "/" + UriUtils.encodePath(key, UTF_8);
	}

	private static HttpResponse<String> delete(ConfigurableApplicationContext instance, String key, String token)
			throws Exception {
		return send(instance, "DELETE", path(key) + "?token=" + UriUtils.encode(token, UTF_8));
	}

	private static HttpResponse<String> send(ConfigurableApplicationContext instance, String method, String path)
			throws Exception {
		URI uri = URI.create("http://127.0.0.1:" + instance.getEnvironment().getProperty("local.server.port")
				+ "/actuator/redislocks" + path);
		return HTTP.send(HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	private static ConfigurableApplicationContext start(String name, String exposed) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
			.bannerMode(Banner.Mode.OFF)
			.properties(Map.of("server.port", 0, "spring.data.redis.host", "127.0.0.1", "spring.data.redis.port",
					TestRedis.shared().port(), "spring.jmx.enabled", false, "logging.level.root", "warn"))
			.run("--redis-lock.instance-id=" + name, "--redis-lock.actuator.force-release=true",
					"--management.endpoints.web.exposure.include=" + exposed);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
