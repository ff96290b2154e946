/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.actuate;

import java.io.IOException;
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
import io.github.redislocked.annotation.OnTimeout;
import io.github.redislocked.annotation.RedisLocked;
import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.web.util.UriUtils;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The endpoint over a real port, as an operator uses it.
 */
class RedisLocksEndpointIntegrationTests {

	private static final String EXPOSED = "--management.endpoints.web.exposure.include=redislocks";

	private static final String FORCE = "--redis-lock.actuator.force-release=true";

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private final StringRedisTemplate redis = TestRedis.shared().template();

	@Test
	void whenNobodyAsksForItThenItIsNotExposed() throws Exception {
		try (ConfigurableApplicationContext context = start()) {
			assertThat(send(context, "GET", "").statusCode()).isEqualTo(404);
			assertThat(context.getBeansOfType(RedisLocksEndpoint.class)).isEmpty();
		}
	}

	@Test
	void whenLocksAreHeldAndAwaitedThenTheFiguresAreThoseOfRedis() throws Exception {
		String key = "endpoint:held";
		try (ConfigurableApplicationContext context = start(EXPOSED);
				ConfigurableApplicationContext other = start(EXPOSED)) {
			Lease lease = context.getBean(LockTemplate.class).acquire(LockSpec.of(key).name("Orders.pay"));
			CompletionStage<Lease> waiter = other.getBean(LockTemplate.class)
				.acquireAsync(LockSpec.of(key).timeout(Duration.ofSeconds(30)));
			TestRedis.awaitWaiters(this.redis, key, 1);
			String here = send(context, "GET", "").body();
			String token = this.redis.opsForValue().get("redis-lock:{" + key + "}");
			assertThat(JsonPath.<List<String>>read(here, "$.held[*].ownerToken")).containsExactly(token);
			assertThat(JsonPath.<String>read(here, "$.held[0].name")).isEqualTo("Orders.pay");
			assertThat(JsonPath.<Long>read(here, "$.held[0].fencingToken")).isEqualTo(lease.fencingToken());
			assertThat(Duration.parse(JsonPath.read(here, "$.held[0].remaining"))).isPositive();
			assertThat(JsonPath.<List<Object>>read(here, "$.waiting")).isEmpty();
			String there = send(other, "GET", "").body();
			assertThat(JsonPath.<List<Object>>read(there, "$.held")).isEmpty();
			assertThat(JsonPath.<List<String>>read(there, "$.waiting[*].key")).containsExactly(key);
			String fleet = send(other, "GET", "/" + key).body();
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
		try (ConfigurableApplicationContext context = start(EXPOSED)) {
			try (Lease lease = context.getBean(LockTemplate.class).acquire(LockSpec.of(key))) {
				String fleet = send(context, "GET", "/" + UriUtils.encodePath(key, UTF_8)).body();
				assertThat(JsonPath.<String>read(fleet, "$.key")).isEqualTo(key);
				assertThat(JsonPath.<String>read(fleet, "$.ownerToken")).isEqualTo(lease.ownerToken());
			}
		}
	}

	@Test
	void whenForcedReleasesAreOffThenTheAnswerSaysSo() throws Exception {
		String key = "endpoint:off";
		try (ConfigurableApplicationContext context = start(EXPOSED);
				Lease lease = context.getBean(LockTemplate.class).acquire(LockSpec.of(key))) {
			HttpResponse<String> answer = send(context, "DELETE", "/" + key + "?token=" + lease.ownerToken());
			assertThat(answer.statusCode()).isEqualTo(403);
			assertThat(answer.body()).contains("redis-lock.actuator.force-release");
			assertThat(lease.isHeld()).isTrue();
		}
	}

	@Test
	void whenALockIsTakenAwayThenItsHolderHasLostIt() throws Exception {
		String key = "endpoint:force";
		try (ConfigurableApplicationContext context = start(EXPOSED, FORCE)) {
			Lease lease = context.getBean(LockTemplate.class).acquire(LockSpec.of(key));
			String path = "/" + key + "?token=";
			assertThat(send(context, "DELETE", "/" + key).statusCode()).isEqualTo(400);
			assertThat(send(context, "DELETE", path + "nonsense").statusCode()).isEqualTo(400);
			assertThat(send(context, "DELETE", path + lease.ownerToken() + "9").statusCode()).isEqualTo(409);
			assertThat(lease.isHeld()).isTrue();
			HttpResponse<String> answer = send(context, "DELETE", path + lease.ownerToken());
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(JsonPath.<Boolean>read(answer.body(), "$.released")).isTrue();
			assertThat(this.redis.hasKey("redis-lock:{" + key + "}")).isFalse();
			assertThat(lease.isHeld()).isFalse();
			assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close);
		}
	}

	@Test
	void whenLocksAreOffThenNothingIsHeld() throws Exception {
		try (ConfigurableApplicationContext context = start(EXPOSED, "--redis-lock.enabled=false")) {
			assertThat(send(context, "GET", "").body())
				.startsWith("{\"heldCount\":0,\"held\":[],\"waitingCount\":0,\"waiting\":[],\"methods\":[{");
		}
	}

	@Test
	void whenMethodsAreLockedThenItIsShownHowTheyWereUnderstood() throws Exception {
		try (ConfigurableApplicationContext context = start(EXPOSED, "--shop.key='order:' + #id")) {
			String methods = send(context, "GET", "").body();
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

	private static HttpResponse<String> send(ConfigurableApplicationContext context, String method, String path)
			throws IOException, InterruptedException {
		URI uri = URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port")
				+ "/actuator/redislocks" + path);
		return HTTP.send(HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
			.bannerMode(Banner.Mode.OFF)
			.properties(Map.of("server.port", 0, "spring.data.redis.host", "127.0.0.1", "spring.data.redis.port",
					TestRedis.shared().port(), "spring.jmx.enabled", false, "logging.level.root", "warn"))
			.run(arguments);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

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
