/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.autoconfigure;

import io.github.redislocked.actuate.LockHealth;

import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration of the health indicator {@code redisLock}. Spring Boot 4 has moved
 * everything that it is made of, so there is one configuration for each line.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = RedisLockAutoConfiguration.class)
@EnableConfigurationProperties(RedisLockProperties.class)
public final class RedisLockHealthAutoConfiguration {

	private static final String SPRING_BOOT_3 = "org.springframework.boot.actuate.health.HealthIndicator";

	private static final String LASTING = "failingFor";

	private static final String REASON = "lastFailure";

	private static LockHealth health(RedisLockProperties properties) {
		return new LockHealth(properties.expire());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = SPRING_BOOT_3)
	@ConditionalOnEnabledHealthIndicator("redis-lock")
	static class SpringBoot3Configuration {

		@Bean
		@ConditionalOnMissingBean
		LockHealth redisLockHealth(RedisLockProperties properties) {
			return health(properties);
		}

		@Bean
		@ConditionalOnMissingBean(name = "redisLockHealthIndicator")
		org.springframework.boot.actuate.health.HealthIndicator redisLockHealthIndicator(LockHealth health) {
			return () -> health.trouble()
				.map((trouble) -> org.springframework.boot.actuate.health.Health.down()
					.withDetail(LASTING, trouble.lasting().toString())
					.withDetail(REASON, trouble.reason())
					.build())
				.orElseGet(() -> org.springframework.boot.actuate.health.Health.up().build());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass(SPRING_BOOT_3)
	@ConditionalOnClass(org.springframework.boot.health.contributor.HealthIndicator.class)
	@org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator("redis-lock")
	static class SpringBoot4Configuration {

		@Bean
		@ConditionalOnMissingBean
		LockHealth redisLockHealth(RedisLockProperties properties) {
			return health(properties);
		}

		@Bean
		@ConditionalOnMissingBean(name = "redisLockHealthIndicator")
		org.springframework.boot.health.contributor.HealthIndicator redisLockHealthIndicator(LockHealth health) {
			return () -> health.trouble()
				.map((trouble) -> org.springframework.boot.health.contributor.Health.down()
					.withDetail(LASTING, trouble.lasting().toString())
					.withDetail(REASON, trouble.reason())
					.build())
				.orElseGet(() -> org.springframework.boot.health.contributor.Health.up().build());
		}

	}

}
