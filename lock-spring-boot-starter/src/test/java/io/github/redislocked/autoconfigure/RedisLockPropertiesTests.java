/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.autoconfigure;

import java.time.Duration;
import java.util.Map;

import io.github.redislocked.LockTemplate;
import io.github.redislocked.config.LockAlgorithm;
import io.github.redislocked.config.RedisLockSettings;
import io.github.redislocked.config.StartupCheck;
import io.github.redislocked.engine.LocalHandover;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

class RedisLockPropertiesTests {

	private final ApplicationContextRunner contextRunner = Contexts.withoutRedis()
		.withBean(LockTemplate.class, () -> mock());

	@Test
	void whenNothingIsSetThenSettingsAreTheDefaultsOfTheCore() {
		this.contextRunner.run((context) -> assertThat(context.getBean(RedisLockSettings.class))
			.isEqualTo(RedisLockSettings.defaults()));
	}

	@Test
	void whenEverythingIsSetThenSettingsFollow() {
		this.contextRunner
			.withPropertyValues("redis-lock.enabled=false", "redis-lock.algorithm=getset", "redis-lock.key-prefix=",
					"redis-lock.expire=1m30s", "redis-lock.timeout=500ms", "redis-lock.max-hold=PT2H",
					"redis-lock.instance-id=blue-1", "redis-lock.order=17", "redis-lock.fence-retention=600",
					"redis-lock.shutdown-grace=0", "redis-lock.local-handover.max-passes=3",
					"redis-lock.local-handover.max-duration=1m", "redis-lock.startup-check=off",
					"redis-lock.replicas.wait=2")
			.run((context) -> assertThat(context.getBean(RedisLockSettings.class))
				.isEqualTo(new RedisLockSettings(false, LockAlgorithm.GETSET, "", Duration.ofSeconds(90),
						Duration.ofMillis(500), Duration.ofHours(2), "blue-1", 17, Duration.ofMinutes(10),
						Duration.ZERO, new LocalHandover(3, Duration.ofMinutes(1)), StartupCheck.OFF, 2)));
	}

	@ParameterizedTest
	@CsvSource({ "10s, PT10S", "1m30s, PT1M30S", "PT10S, PT10S", "500ms, PT0.5S", "10, PT10S", "'', PT30S" })
	void whenDurationIsTextThenItIsReadAsInTheAnnotation(String text, Duration expected) {
		this.contextRunner.withPropertyValues("redis-lock.expire=" + text)
			.run((context) -> assertThat(context.getBean(RedisLockProperties.class).expire()).isEqualTo(expected));
	}

	@Test
	void whenDurationIsNumberOfYamlThenItMeansSeconds() {
		this.contextRunner
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("yaml", Map.of("redis-lock.timeout", 7))))
			.run((context) -> assertThat(context.getBean(RedisLockProperties.class).timeout())
				.isEqualTo(Duration.ofSeconds(7)));
	}

	@Test
	void whenEnvironmentVariableIsSetThenItCounts() {
		this.contextRunner
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.replace("systemEnvironment",
						new SystemEnvironmentPropertySource("systemEnvironment", Map.of("REDISLOCK_MAXHOLD", "20m"))))
			.run((context) -> assertThat(context.getBean(RedisLockProperties.class).maxHold())
				.isEqualTo(Duration.ofMinutes(20)));
	}

	@Test
	void whenInstanceIdIsBlankThenThereIsNone() {
		this.contextRunner.withPropertyValues("redis-lock.instance-id=")
			.run((context) -> assertThat(context.getBean(RedisLockSettings.class).instanceId()).isNull());
	}

	@Test
	void whenDurationBelongsToSomebodyElseThenItIsReadAsEver() {
		this.contextRunner.withUserConfiguration(OthersConfiguration.class)
			.withPropertyValues("others.pause=250", "redis-lock.timeout=250")
			.run((context) -> {
				assertThat(context.getBean(OthersProperties.class).pause()).isEqualTo(Duration.ofMillis(250));
				assertThat(context.getBean(RedisLockProperties.class).timeout()).isEqualTo(Duration.ofSeconds(250));
			});
	}

	@Test
	void whenApplicationHasItsOwnConversionServiceThenBareNumberStillMeansSeconds() {
		this.contextRunner.withBean("conversionService", ConversionService.class, ApplicationConversionService::new)
			.withPropertyValues("redis-lock.timeout=7")
			.run((context) -> assertThat(context.getBean(RedisLockProperties.class).timeout())
				.isEqualTo(Duration.ofSeconds(7)));
	}

	@ConfigurationProperties("others")
	record OthersProperties(Duration pause) {

	}

	@EnableConfigurationProperties(OthersProperties.class)
	static class OthersConfiguration {

	}

}
