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
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import io.github.redislocked.LockException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockTemplate;
import io.github.redislocked.testing.Signals;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The health indicator over a real port.
 */
class LockHealthIntegrationTests {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void whenRedisIsFrozenForALeaseThenDownUntilALockCanBeHadAgain() throws Exception {
		try (TestRedis server = TestRedis.start(); ConfigurableApplicationContext context = start(server.port())) {
			LockTemplate locks = context.getBean(LockTemplate.class);
			// The first command connects.
			locks.acquire(spec().timeout(Duration.ofSeconds(30))).close();
			assertThat(status(context)).isEqualTo("UP");
			long pid = server.pid();
			Signals.freeze(pid);
			try {
				tryOnce(locks);
				assertThat(status(context)).isEqualTo("UP");
				Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
					tryOnce(locks);
					return status(context).equals("DOWN");
				});
				HttpResponse<String> answer = health(context);
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
				return status(context).equals("UP");
			});
		}
	}

	@Test
	void whenItIsSwitchedOffThenThereIsNone() throws Exception {
		try (ConfigurableApplicationContext context = start(TestRedis.shared().port(),
				"--management.health.redis-lock.enabled=false")) {
			assertThat(health(context).statusCode()).isEqualTo(404);
			assertThat(context.getBeansOfType(LockHealth.class)).isEmpty();
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

	private static String status(ConfigurableApplicationContext context) throws IOException, InterruptedException {
		return JsonPath.read(health(context).body(), "$.status");
	}

	private static HttpResponse<String> health(ConfigurableApplicationContext context)
			throws IOException, InterruptedException {
		URI uri = URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port")
				+ "/actuator/health/redisLock");
		return HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
	}

	private static ConfigurableApplicationContext start(int port, String... arguments) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
			.bannerMode(Banner.Mode.OFF)
			.properties(Map.of("server.port", 0, "spring.data.redis.host", "127.0.0.1", "spring.data.redis.port", port,
					"spring.data.redis.timeout", "300ms", "spring.jmx.enabled", false, "redis-lock.expire", "3s",
					"redis-lock.startup-check", "off", "management.endpoint.health.show-details", "always",
					"management.health.redis.enabled", false))
			.run(arguments);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
