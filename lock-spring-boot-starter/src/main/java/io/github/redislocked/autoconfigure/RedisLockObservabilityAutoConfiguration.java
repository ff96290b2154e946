/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.autoconfigure;

import io.github.redislocked.observation.LockAcquireObservationConvention;
import io.github.redislocked.observation.LockHoldObservationConvention;
import io.github.redislocked.observation.MeterLockObserver;
import io.github.redislocked.observation.ObservationLockObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler.IgnoredMeters;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration of metrics and traces of locks, where the application has a registry
 * for them, or a primary one.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = RedisLockAutoConfiguration.class,
		afterName = { "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
				"org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration",
				"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
				"org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration" })
@ConditionalOnBooleanProperty(name = "redis-lock.observability.enabled", matchIfMissing = true)
@EnableConfigurationProperties(RedisLockProperties.class)
public final class RedisLockObservabilityAutoConfiguration {

	/**
	 * Timers and traces, by the application's own observations. One that has switched
	 * them off has neither.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ObservationRegistry.class)
	@ConditionalOnSingleCandidate(ObservationRegistry.class)
	static class ObservationConfiguration {

		@Bean
		@ConditionalOnMissingBean
		ObservationLockObserver redisLockObservationObserver(ObservationRegistry registry,
				RedisLockProperties properties, ObjectProvider<LockAcquireObservationConvention> acquireConvention,
				ObjectProvider<LockHoldObservationConvention> holdConvention) {
			return new ObservationLockObserver(registry, properties.observability().keys(),
					acquireConvention.getIfAvailable(), holdConvention.getIfAvailable());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	@ConditionalOnSingleCandidate(MeterRegistry.class)
	static class MeterConfiguration {

		@Bean
		@ConditionalOnMissingBean
		MeterLockObserver redisLockMeterObserver(MeterRegistry registry) {
			return new MeterLockObserver(registry);
		}

	}

	/**
	 * The same timers where there are meters but no observations.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ MeterRegistry.class, ObservationRegistry.class })
	@ConditionalOnSingleCandidate(MeterRegistry.class)
	@ConditionalOnMissingBean(ObservationRegistry.class)
	static class TimerConfiguration {

		@Bean
		@ConditionalOnMissingBean
		ObservationLockObserver redisLockTimerObserver(MeterRegistry meters,
				ObjectProvider<LockAcquireObservationConvention> acquireConvention,
				ObjectProvider<LockHoldObservationConvention> holdConvention) {
			ObservationRegistry registry = ObservationRegistry.create();
			registry.observationConfig()
				.observationHandler(new DefaultMeterObservationHandler(meters, IgnoredMeters.LONG_TASK_TIMER));
			return new ObservationLockObserver(registry, false, acquireConvention.getIfAvailable(),
					holdConvention.getIfAvailable());
		}

	}

}
