/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.actuate;

import java.net.http.HttpResponse;
import java.util.List;

import com.jayway.jsonpath.JsonPath;
import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What operators are answered over a real port when Redis cannot be asked, or cannot have
 * such a key.
 */
class UnansweredEndpointIntegrationTests {

	private static final List<String> SETTINGS = List.of(ActuatedApplication.EXPOSED, ActuatedApplication.FORCE,
			"--spring.data.redis.timeout=2s", "--logging.level.root=off", "--redis-lock.shutdown-grace=100ms");

	@Test
	void whenRedisIsGoneThenTheAnswersSaySo() throws Exception {
		TestRedis server = TestRedis.start();
		try (ActuatedApplication application = start(server)) {
			Lease lease = application.locks().acquire(LockSpec.of("order:42"));
			server.close();
			HttpResponse<String> lock = application.get("/order:42");
			assertThat(lock.statusCode()).isEqualTo(503);
			assertThat(message(lock)).startsWith("Redis could not be asked");
			HttpResponse<String> forced = application.send("DELETE", "/order:42?token=" + lease.ownerToken());
			assertThat(forced.statusCode()).isEqualTo(503);
			assertThat(message(forced)).contains("to repeat it does no harm", "Redis could not be asked")
				.doesNotContain("order:42", lease.ownerToken());
			assertThat(JsonPath.<Boolean>read(forced.body(), "$.released")).isFalse();
			assertThat(application.get("?scope=fleet").statusCode()).isEqualTo(503);
			assertThat(JsonPath.<String>read(application.get("").body(), "$.held[0].ownerToken"))
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
		try (ActuatedApplication application = start(TestRedis.shared(), "--redis-lock.algorithm=" + algorithm)) {
			HttpResponse<String> lock = application.get(path);
			assertThat(lock.statusCode()).isEqualTo(400);
			assertThat(message(lock)).contains(reason);
			assertThat(application.send("DELETE", path + "?token=one:00112233445566778899aabbccddeeff:1").statusCode())
				.isEqualTo(400);
		}
	}

	private static String message(HttpResponse<String> answer) {
		return JsonPath.read(answer.body(), "$.message");
	}

	private static ActuatedApplication start(TestRedis server, String... arguments) {
		return ActuatedApplication.start(server, SETTINGS, arguments);
	}

}
