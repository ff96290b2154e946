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
import io.github.redislocked.annotation.OnTimeout;
import io.github.redislocked.annotation.RedisLocked;
import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The endpoint over a real port, as an operator uses it.
 */
class RedisLocksEndpointIntegrationTests {

	private static final String EXPOSED = ActuatedApplication.EXPOSED;

	private final StringRedisTemplate redis = TestRedis.shared().template();

	@Test
	void whenNobodyAsksForItThenItIsNotExposed() throws Exception {
		try (ActuatedApplication application = start()) {
			assertThat(application.get("").statusCode()).isEqualTo(404);
			assertThat(application.has(RedisLocksEndpoint.class)).isFalse();
		}
	}

	@Test
	void whenLocksAreHeldAndAwaitedThenTheFiguresAreThoseOfRedis() throws Exception {
		String key = "endpoint:held";
		try (ActuatedApplication application = start(EXPOSED); ActuatedApplication other = start(EXPOSED)) {
			Lease lease = application.locks().acquire(LockSpec.of(key).name("Orders.pay"));
			CompletionStage<Lease> waiter = other.locks()
				.acquireAsync(LockSpec.of(key).timeout(Duration.ofSeconds(30)));
			TestRedis.awaitWaiters(this.redis, key, 1);
			String here = application.get("").body();
			String token = this.redis.opsForValue().get("redis-lock:{" + key + "}");
			assertThat(JsonPath.<List<String>>read(here, "$.held[*].ownerToken")).containsExactly(token);
			assertThat(JsonPath.<String>read(here, "$.held[0].name")).isEqualTo("Orders.pay");
			assertThat(JsonPath.<Long>read(here, "$.held[0].fencingToken")).isEqualTo(lease.fencingToken());
			assertThat(Duration.parse(JsonPath.read(here, "$.held[0].remaining"))).isPositive();
			assertThat(JsonPath.<List<String>>read(here, "$.held[0].threads"))
				.containsExactly(Thread.currentThread().getName());
			assertThat(JsonPath.<Integer>read(here, "$.held[0].subscriptions")).isZero();
			assertThat(JsonPath.<List<Object>>read(here, "$.waiting")).isEmpty();
			String there = other.get("").body();
			assertThat(JsonPath.<List<Object>>read(there, "$.held")).isEmpty();
			assertThat(JsonPath.<List<String>>read(there, "$.waiting[*].key")).containsExactly(key);
			String fleet = other.lock(key).body();
			assertThat(JsonPath.<String>read(fleet, "$.ownerToken")).isEqualTo(token);
			assertThat(JsonPath.<List<String>>read(fleet, "$.queue[*].ownerToken"))
				.containsExactlyElementsOf(this.redis.opsForZSet().range("redis-lock:{" + key + "}:queue", 0, -1));
			assertThat(Duration.parse(JsonPath.read(fleet, "$.queue[0].waited"))).isPositive();
			lease.close();
			waiter.toCompletableFuture().get().close();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "a/b/c", "two words", "100%", "%2F", "{braces}", "\u00e4\u00f6\u00fc" })
	void whenAKeyHasSpecialCharactersThenItIsFound(String key) throws Exception {
		try (ActuatedApplication application = start(EXPOSED)) {
			try (Lease lease = application.locks().acquire(LockSpec.of(key))) {
				String fleet = application.lock(key).body();
				assertThat(JsonPath.<String>read(fleet, "$.key")).isEqualTo(key);
				assertThat(JsonPath.<String>read(fleet, "$.ownerToken")).isEqualTo(lease.ownerToken());
			}
		}
	}

	@Test
	void whenForcedReleasesAreOffThenTheAnswerSaysSo() throws Exception {
		String key = "endpoint:off";
		try (ActuatedApplication application = start(EXPOSED);
				Lease lease = application.locks().acquire(LockSpec.of(key))) {
			HttpResponse<String> answer = application.send("DELETE", "/" + key + "?token=" + lease.ownerToken());
			assertThat(answer.statusCode()).isEqualTo(403);
			assertThat(answer.body()).contains("redis-lock.actuator.force-release");
			assertThat(lease.isHeld()).isTrue();
		}
	}

	@Test
	void whenALockIsTakenAwayThenItsHolderHasLostIt() throws Exception {
		String key = "endpoint:force";
		try (ActuatedApplication application = start(EXPOSED, ActuatedApplication.FORCE)) {
			Lease lease = application.locks().acquire(LockSpec.of(key));
			String path = "/" + key + "?token=";
			assertThat(application.send("DELETE", "/" + key).statusCode()).isEqualTo(400);
			assertThat(application.send("DELETE", path + "nonsense").statusCode()).isEqualTo(400);
			assertThat(application.send("DELETE", path + lease.ownerToken() + "9").statusCode()).isEqualTo(409);
			assertThat(lease.isHeld()).isTrue();
			HttpResponse<String> answer = application.send("DELETE", path + lease.ownerToken());
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(JsonPath.<Boolean>read(answer.body(), "$.released")).isTrue();
			assertThat(this.redis.hasKey("redis-lock:{" + key + "}")).isFalse();
			assertThat(lease.isHeld()).isFalse();
			assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close);
		}
	}

	@Test
	void whenLocksAreOffThenNothingIsHeld() throws Exception {
		try (ActuatedApplication application = start(EXPOSED, "--redis-lock.enabled=false")) {
			assertThat(application.get("").body())
				.startsWith("{\"heldCount\":0,\"held\":[],\"waitingCount\":0,\"waiting\":[],\"methods\":[{");
		}
	}

	@Test
	void whenMethodsAreLockedThenItIsShownHowTheyWereUnderstood() throws Exception {
		try (ActuatedApplication application = start(EXPOSED, "--shop.key='order:' + #id")) {
			String methods = application.get("").body();
			assertThat(JsonPath.<List<String>>read(methods, "$.methods[*].method"))
				.containsExactly(Orders.class.getName() + ".pay(String)", Orders.class.getName() + ".report()");
			assertThat(JsonPath.<List<String>>read(methods, "$.methods[0].keys[*].text"))
				.containsExactly("'order:' + #id", "customer:#{#id}");
			assertThat(JsonPath.<List<String>>read(methods, "$.methods[0].keys[*].kind")).containsExactly("EXPRESSION",
					"TEMPLATE");
			assertThat(Duration.parse(JsonPath.read(methods, "$.methods[0].expire"))).isEqualTo(Duration.ofSeconds(10));
			assertThat(JsonPath.<String>read(methods, "$.methods[0].onTimeout")).isEqualTo("fallback refuse");
			assertThat(JsonPath.<String>read(methods, "$.methods[1].name")).isEqualTo("nightly");
			assertThat(JsonPath.<List<String>>read(methods, "$.methods[1].keys[*].kind")).containsExactly("LITERAL");
			assertThat(JsonPath.<String>read(methods, "$.methods[1].renewal")).isEqualTo("AUTO");
			assertThat(JsonPath.<String>read(methods, "$.methods[1].onTimeout")).isEqualTo("SKIP");
		}
	}

	private static ActuatedApplication start(String... arguments) {
		return ActuatedApplication.start(Shop.class, TestRedis.shared(), List.of(), arguments);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Shop {

		@Bean
		Orders orders() {
			return new Orders();
		}

	}

	static class Orders {

		@RedisLocked(key = { "${shop.key:order}", "customer:#{#id}" }, expire = "10s", fallback = "refuse")
		void pay(String id) {
		}

		void refuse(String id) {
		}

		@RedisLocked(key = "nightly-report", onTimeout = OnTimeout.SKIP, name = "nightly")
		void report() {
		}

	}

}
