/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.autoconfigure;

import io.github.redislocked.config.EnableRedisLocks;
import io.github.redislocked.config.ObservabilitySettings;
import io.github.redislocked.config.RedisLockSettings;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration of the lock. It does not wait for a
 * {@link org.springframework.data.redis.connection.RedisConnectionFactory}: an
 * application without one is to fail, not to run without its locks.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = { "org.springframework.boot.autoconfigure.data.redis.RedisAutoConfiguration",
		"org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration" })
@EnableConfigurationProperties(RedisLockProperties.class)
public final class RedisLockAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	RedisLockSettings redisLockSettings(RedisLockProperties properties) {
		return properties.toSettings();
	}

	@Bean
	@ConditionalOnMissingBean
	ObservabilitySettings redisLockObservabilitySettings(RedisLockProperties properties) {
		return properties.observability().toSettings();
	}

	@Bean
	@ConfigurationPropertiesBinding
	static LockDurationConverter redisLockDurationConverter() {
		return new LockDurationConverter();
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty(name = "spring.aop.proxy-target-class", matchIfMissing = true)
	@EnableRedisLocks(proxyTargetClass = true)
	static class ClassProxyConfiguration {

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty(name = "spring.aop.proxy-target-class", havingValue = false)
	@EnableRedisLocks(proxyTargetClass = false)
	static class InterfaceProxyConfiguration {

	}

}
