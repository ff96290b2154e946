/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.autoconfigure;

import java.util.stream.Stream;

import io.github.redislocked.interceptor.InvalidRedisLockedException;
import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Methods are locked whatever the application has made of Spring's proxies.
 */
class LockProxiesIntegrationTests {

	private static final StringRedisTemplate redis = TestRedis.shared().template();

	private final ApplicationContextRunner contextRunner = Contexts.withRedis().withBean("orders", Orders.class);

	@ParameterizedTest
	@CsvSource({ "true, true", "true, false", "false, true", "false, false" })
	void whenKindOfProxyIsChosenThenMethodIsLocked(boolean auto, boolean proxyTargetClass) {
		this.contextRunner
			.withPropertyValues("spring.aop.auto=" + auto, "spring.aop.proxy-target-class=" + proxyTargetClass)
			.run((context) -> {
				Object orders = context.getBean("orders");
				assertThat(AopUtils.isCglibProxy(orders)).isEqualTo(proxyTargetClass);
				assertThat(AopUtils.isJdkDynamicProxy(orders)).isEqualTo(!proxyTargetClass);
				assertLocked((OrderDesk) orders);
			});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whenThereIsNoAspectjThenMethodIsLocked(boolean auto) {
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.aspectj"))
			.withPropertyValues("spring.aop.auto=" + auto)
			.run((context) -> {
				assertThat(context.getBean("orders")).matches(AopUtils::isCglibProxy);
				assertLocked(context.getBean(OrderDesk.class));
			});
	}

	@Test
	void whenBeansAreLazyThenMethodIsLocked() {
		this.contextRunner.withInitializer(Contexts::lazy)
			.run((context) -> assertLocked(context.getBean(OrderDesk.class)));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whenBeanIsMadeTooEarlyForProxyThenStartFails(boolean lazy) {
		ApplicationContextRunner runner = this.contextRunner.withUserConfiguration(EarlyBirdConfiguration.class);
		(lazy ? runner.withInitializer(Contexts::lazy) : runner).run((context) -> assertThat(context).getFailure()
			.hasStackTraceContaining(InvalidRedisLockedException.class.getName())
			.hasStackTraceContaining("bean 'orders'"));
	}

	private static void assertLocked(OrderDesk orders) {
		Stream.of("a", "b")
			.forEach((id) -> assertThat(orders.reserve(id, () -> redis.hasKey("redis-lock:{order:" + id + "}")))
				.isTrue());
	}

	@Configuration(proxyBeanMethods = false)
	static class EarlyBirdConfiguration {

		@Bean
		static EarlyBird earlyBird(OrderDesk orders) {
			assertThat(AopUtils.isAopProxy(orders)).isFalse();
			return new EarlyBird();
		}

	}

	static class EarlyBird implements BeanPostProcessor, PriorityOrdered {

		@Override
		public int getOrder() {
			return Ordered.LOWEST_PRECEDENCE;
		}

	}

}
