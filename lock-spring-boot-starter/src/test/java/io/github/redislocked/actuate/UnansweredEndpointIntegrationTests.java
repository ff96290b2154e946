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
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockTemplate;
import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What operators are answered over a real port when Redis cannot be asked, or cannot have
 * such a key.
 */
class UnansweredEndpointIntegrationTests {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	@Test
	void whenRedisIsGoneThenTheAnswersSaySo() throws Exception {
		TestRedis server = TestRedis.start();
		try (ConfigurableApplicationContext context = start(server.port())) {
			Lease lease = context.getBean(LockTemplate.class).acquire(LockSpec.of("order:42"));
			server.close();
			HttpResponse<String> lock = send(context, "GET", "/order:42");
			assertThat(lock.statusCode()).isEqualTo(503);
			assertThat(message(lock)).startsWith("Redis could not be asked");
			HttpResponse<String> forced = send(context, "DELETE", "/order:42?token=" + lease.ownerToken());
			assertThat(forced.statusCode()).isEqualTo(503);
			assertThat(message(forced)).contains("to repeat it does no harm", "Redis could not be asked")
				.doesNotContain("order:42", lease.ownerToken());
			assertThat(JsonPath.<Boolean>read(forced.body(), "$.released")).isFalse();
			assertThat(send(context, "GET", "?scope=fleet").statusCode()).isEqualTo(503);
			assertThat(JsonPath.<String>read(send(context, "GET", "").body(), "$.held[0].ownerToken"))
				.isEqualTo(lease.ownerToken());
			assertThat(lease.isHeld()).isTrue();
		}
		finally {
			server.close();
		}
	}

	@ParameterizedTest
	@CsvSource({ "queue, /%20, must not be null or blank", "getset, /a%7Db, braces" })
	void whenThereCanBeNoSuchKeyThenTheAnswerSaysWhy(String algorithm, String path, String reason) throws Exception {
		try (ConfigurableApplicationContext context = start(TestRedis.shared().port(),
				"--redis-lock.algorithm=" + algorithm)) {
			HttpResponse<String> lock = send(context, "GET", path);
			assertThat(lock.statusCode()).isEqualTo(400);
			assertThat(message(lock)).contains(reason);
			assertThat(send(context, "DELETE", path + "?token=one:00112233445566778899aabbccddeeff:1").statusCode())
				.isEqualTo(400);
		}
	}

	private static String message(HttpResponse<String> answer) {
		return JsonPath.read(answer.body(), "$.message");
	}

	private static HttpResponse<String> send(ConfigurableApplicationContext context, String method, String path)
			throws Exception {
		URI uri = URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port")
				+ "/actuator/redislocks" + path);
		return HTTP.send(HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	private static ConfigurableApplicationContext start(int port, String... arguments) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
			.bannerMode(Banner.Mode.OFF)
			.properties(Map.of("server.port", 0, "spring.data.redis.host", "127.0.0.1", "spring.data.redis.port", port,
					"spring.data.redis.timeout", "2s", "spring.jmx.enabled", false, "logging.level.root", "off",
					"redis-lock.shutdown-grace", "100ms", "redis-lock.actuator.force-release", true,
					"management.endpoints.web.exposure.include", "redislocks"))
			.run(arguments);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
