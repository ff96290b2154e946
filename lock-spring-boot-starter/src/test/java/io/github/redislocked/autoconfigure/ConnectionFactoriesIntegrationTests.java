/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.autoconfigure;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;

import io.github.redislocked.LockSpec;
import io.github.redislocked.LockTemplate;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lock uses the application's connections, and stays out of the way of everything
 * else that does.
 */
class ConnectionFactoriesIntegrationTests {

	private static TestRedis second;

	private final ApplicationContextRunner contextRunner = Contexts.withRedis();

	@BeforeAll
	static void startSecondRedis() {
		second = TestRedis.start();
	}

	@AfterAll
	static void stopSecondRedis() {
		second.close();
	}

	@Test
	void whenThereAreTwoRedisThenLocksAreInThePrimaryOne() {
		StringRedisTemplate ordinary = TestRedis.shared().template();
		StringRedisTemplate primary = second.template();
		this.contextRunner.withUserConfiguration(TwoRedis.class)
			.run((context) -> context.getBean(LockTemplate.class).execute(LockSpec.of("two"), () -> {
				assertThat(primary.hasKey("redis-lock:{two}")).isTrue();
				assertThat(ordinary.hasKey("redis-lock:{two}")).isFalse();
				return null;
			}));
	}

	@Test
	void whenApplicationInjectsByTypeThenNothingOfOursIsThere() {
		Map<String, Class<?>> without = new TreeMap<>();
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(Contexts.REDIS))
			.run((context) -> without.putAll(redisBeans(context)));
		this.contextRunner.run((context) -> assertThat(redisBeans(context)).isEqualTo(without));
	}

	@Test
	void whenApplicationHasListenerContainerThenBothWork() {
		this.contextRunner.withUserConfiguration(OwnContainer.class).run((context) -> {
			assertThat(
					context.getBean("redisMessageListenerContainer", RedisMessageListenerContainer.class).isRunning())
				.isTrue();
			assertThat(context.getBean(Orders.class).reserve("7", () -> "reserved")).isEqualTo("reserved");
		});
	}

	private static Map<String, Class<?>> redisBeans(ApplicationContext context) {
		Map<String, Class<?>> beans = new TreeMap<>();
		for (Class<?> type : new Class<?>[] { RedisConnectionFactory.class, RedisOperations.class,
				RedisMessageListenerContainer.class, Executor.class }) {
			context.getBeansOfType(type).forEach((name, bean) -> beans.put(name, bean.getClass()));
		}
		return beans;
	}

	@Configuration(proxyBeanMethods = false)
	static class TwoRedis {

		@Bean
		RedisConnectionFactory ordinary() {
			return TestRedis.shared().connect(Driver.LETTUCE);
		}

		@Bean
		@Primary
		RedisConnectionFactory preferred() {
			return second.connect(Driver.LETTUCE);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnContainer {

		@Bean
		Orders orders() {
			return new Orders();
		}

		@Bean
		RedisMessageListenerContainer redisMessageListenerContainer(RedisConnectionFactory connectionFactory) {
			RedisMessageListenerContainer container = new RedisMessageListenerContainer();
			container.setConnectionFactory(connectionFactory);
			return container;
		}

	}

}
