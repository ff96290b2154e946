/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.autoconfigure;

import java.util.stream.Stream;

import io.github.redislocked.testing.TestRedis;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;

/**
 * Contexts like those of an application, on whichever line of Spring Boot this is.
 */
final class Contexts {

	/**
	 * The auto-configuration of Redis, by its names on the lines.
	 */
	static final Class<?> REDIS = Stream
		.of("org.springframework.boot.autoconfigure.data.redis.RedisAutoConfiguration",
				"org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
		.filter((name) -> ClassUtils.isPresent(name, null))
		.map((name) -> ClassUtils.resolveClassName(name, null))
		.findFirst()
		.orElseThrow();

	private Contexts() {
	}

	static ApplicationContextRunner withoutRedis() {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class, RedisLockAutoConfiguration.class));
	}

	static ApplicationContextRunner withRedis() {
		return withoutRedis().withConfiguration(AutoConfigurations.of(REDIS))
			.withPropertyValues("spring.data.redis.host=127.0.0.1",
					"spring.data.redis.port=" + TestRedis.shared().port());
	}

	/**
	 * Does what {@code spring.main.lazy-initialization} does.
	 * @param context the context that is to be lazy
	 */
	static void lazy(ConfigurableApplicationContext context) {
		context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
	}

}
