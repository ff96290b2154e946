/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.autoconfigure;

import io.github.redislocked.annotation.RedisLocked;
import io.github.redislocked.testing.Ports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What a person reads when the application does not start.
 */
@ExtendWith(OutputCaptureExtension.class)
class FailureAnalysisTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					expire          | 10 parsecs | must be a duration like 10s, 500ms, 1m30s or PT10S, or a bare number of seconds
					timeout         | 1.5        | must be a duration like 10s
					algorithm       | redlock    | must be one of queue, getset
					enabled         | perhaps    | must be true or false
					order           | first      | must be a whole number between -2147483648 and 2147483647
					expire          | 0s         | must be between 1ms and 365d
					timeout         | -1s        | must be between 0s and 365d
					max-hold        | 366d       | must be between 1ms and 365d
					fence-retention | 9s         | must be between 10s and 365d
					shutdown-grace  | -1s        | must be between 0s and 365d
					local-handover.max-passes   | -1   | must be between 0 and 1000
					local-handover.max-passes   | 1001 | must be between 0 and 1000
					replicas.wait               | -1   | must be the number of replicas that have to confirm a lock
					local-handover.max-duration | -1s  | must be between 0s and 365d
					instance-id     | my host    | must be 1 to 100 characters of printable ASCII without spaces
					startup-check   | maybe      | must be one of warn, fail, off
					key-prefix      | {locks}:   | must not hold braces, which decide the cluster slot
					""")
	void whenPropertyIsWrongThenItIsExplained(String name, String value, String rule, CapturedOutput output) {
		start(LocksOnly.class, "--redis-lock." + name + "=" + value);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("The property redis-lock." + name + " " + rule)
			.contains("Property: redis-lock." + name)
			.contains("Value: \"" + value + "\"")
			.contains("Origin: \"redis-lock." + name + "\" from property source \"commandLineArgs\"")
			.contains("Correct the value, or remove the property to have its default.");
	}

	@Test
	void whenAnnotationIsWrongThenItIsExplained(CapturedOutput output) {
		start(WithWrongService.class, "--redis-lock.enabled=false");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("A @RedisLocked cannot work: ")
			.contains("Class: " + WrongService.class.getName())
			.contains("Method: reserve(String)")
			.contains("Attribute: expire")
			.contains("Value: \"10 parsecs\"")
			.contains("Write a duration like 10s, 500ms or 1m30s; leave expire out for the default.");
	}

	@Test
	void whenThereIsNoRedisThenItIsExplained(CapturedOutput output) {
		start(LocksOnly.class);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Locks need a Redis, but there is no RedisConnectionFactory bean.")
			.contains("Declare one, or set redis-lock.enabled to false to run without locks.");
	}

	@Test
	void whenRedisIsUnfitThenItIsExplained(CapturedOutput output) {
		int port = Ports.next();
		start(WithRedis.class, "--redis-lock.startup-check=fail", "--spring.data.redis.host=127.0.0.1",
				"--spring.data.redis.port=" + port);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains(
					"The application's Redis is not fit for locks, which redis-lock.startup-check=fail does not allow:")
			.contains("    Redis at 127.0.0.1:%d could not be asked whether it is fit for locks: ".formatted(port))
			.contains("    A command to Redis may take 1m before it fails, longer than redis-lock.timeout, 3s: ")
			.contains("See that it can be reached; as long as it cannot, nobody gets a lock.")
			.contains("Set spring.data.redis.timeout to at most as long, such as 2s, or redis-lock.timeout to longer.");
	}

	private static void start(Class<?> application, String... arguments) {
		assertThatException().isThrownBy(() -> new SpringApplicationBuilder(application).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.run(arguments)
			.close());
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(RedisLockAutoConfiguration.class)
	static class LocksOnly {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class WithRedis {

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ LocksOnly.class, WrongService.class })
	static class WithWrongService {

	}

	static class WrongService {

		@RedisLocked(key = "#id", expire = "10 parsecs")
		void reserve(String id) {
		}

	}

}
