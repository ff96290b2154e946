/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

import java.time.Duration;
import java.util.function.Consumer;

import io.github.redislocked.Lease;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockTemplate;
import io.github.redislocked.annotation.RedisLocked;
import io.github.redislocked.engine.UnlockedTemplate;
import io.github.redislocked.interceptor.RedisLockedAdvisor;
import org.junit.jupiter.api.Test;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.Ordered;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EnableRedisLocksTests {

	@Test
	void whenEnabledThenEngineIsThereAndMethodsAreAdvised() {
		run(Enabled.class, (context) -> {
			assertThat(context.getBean(LockTemplate.class)).isInstanceOf(RestartableLocks.class);
			assertThat(AopUtils.isJdkDynamicProxy(context.getBean(Task.class))).isTrue();
			assertThat(context.getBean(RedisLockedAdvisor.class).getOrder()).isEqualTo(RedisLockSettings.DEFAULT_ORDER)
				.isLessThan(Ordered.LOWEST_PRECEDENCE);
			assertThat(context.getBeanDefinition("redisLockedAdvisor").getRole())
				.isEqualTo(BeanDefinition.ROLE_INFRASTRUCTURE);
		}, OneRedis.class);
	}

	@Test
	void whenSettingsAreGivenThenUsed() {
		run(Enabled.class, (context) -> {
			assertThat(context.getBean(RedisLockedAdvisor.class).getOrder()).isEqualTo(5);
			assertThat(context.getBean(LockTemplate.class)).isInstanceOf(UnlockedTemplate.class);
		}, SwitchedOff.class);
	}

	@Test
	void whenSwitchedOffThenMethodsRunWithoutRedis() {
		run(Enabled.class, (context) -> {
			assertThat(context.getBean(Task.class).run("a")).isEqualTo("a under a");
			assertThatIllegalArgumentException().isThrownBy(() -> context.getBean(Task.class).run(null));
		}, SwitchedOff.class);
	}

	@Test
	void whenProxyTargetClassThenProxiedByClass() {
		run(EnabledForClasses.class, (context) -> {
			assertThat(AopUtils.isCglibProxy(context.getBean(Task.class))).isTrue();
			assertThat(context.getBean(LockedTask.class).run("a")).isEqualTo("a under a");
		}, SwitchedOff.class);
	}

	@Test
	void whenThereIsNoRedisThenErrorSaysWhatToDo() {
		assertThatExceptionOfType(BeanCreationException.class).isThrownBy(() -> run(Enabled.class, (context) -> {
		})).havingRootCause().withMessageContaining("RedisConnectionFactory");
		assertThatExceptionOfType(BeanCreationException.class).isThrownBy(() -> run(Enabled.class, (context) -> {
		})).withMessageContaining("redis-lock.enabled to false");
	}

	@Test
	void whenThereAreSeveralRedisThenErrorNamesThem() {
		assertThatExceptionOfType(BeanCreationException.class).isThrownBy(() -> run(Enabled.class, (context) -> {
		}, OneRedis.class, OtherRedis.class))
			.withMessageContaining("[redis, otherRedis]")
			.withMessageContaining("@Primary");
	}

	@Test
	void whenOneOfSeveralRedisIsPrimaryThenIt() {
		run(Enabled.class,
				(context) -> assertThat(context.getBean(LockTemplate.class)).isInstanceOf(RestartableLocks.class),
				OneRedis.class, PrimaryRedis.class);
	}

	@Test
	void whenContextStopsThenEngineClosesBetweenWebServerAndConnections() {
		run(Enabled.class, (context) -> {
			LockTemplateLifecycle lifecycle = context.getBean(LockTemplateLifecycle.class);
			assertThat(lifecycle.isRunning()).isTrue();
			assertThat(lifecycle.getPhase()).isLessThan(SmartLifecycle.DEFAULT_PHASE - 2048)
				.isGreaterThan(context.getBean(LettuceConnectionFactory.class).getPhase());
			context.stop();
			assertThat(lifecycle.isRunning()).isFalse();
			LockTemplate locks = context.getBean(LockTemplate.class);
			assertThatExceptionOfType(LockNotAcquiredException.class)
				.isThrownBy(() -> locks.acquire(LockSpec.of("k").timeout(Duration.ZERO)))
				.withMessageContaining("closing");
		}, OneRedis.class);
	}

	@Test
	void whenProxiesAreMadeThenTemplateAndSettingsAreNotPulledIn() {
		run(Enabled.class, (context) -> assertThat(context.getBean(Watcher.class).sawTemplate).isTrue(),
				SwitchedOff.class, Watcher.class);
	}

	private static void run(Class<?> enabled, Consumer<AnnotationConfigApplicationContext> test,
			Class<?>... components) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.register(LockedTask.class, enabled);
			for (Class<?> component : components) {
				context.register(component);
			}
			context.refresh();
			test.accept(context);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableRedisLocks
	static class Enabled {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableRedisLocks(proxyTargetClass = true)
	static class EnabledForClasses {

	}

	@Configuration(proxyBeanMethods = false)
	static class OneRedis {

		@Bean
		RedisConnectionFactory redis() {
			return new LettuceConnectionFactory("localhost", 1);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OtherRedis {

		@Bean
		RedisConnectionFactory otherRedis() {
			return new LettuceConnectionFactory("localhost", 2);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PrimaryRedis {

		@Bean
		@Primary
		RedisConnectionFactory otherRedis() {
			return new LettuceConnectionFactory("localhost", 2);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SwitchedOff {

		@Bean
		RedisLockSettings settings() {
			RedisLockSettings defaults = RedisLockSettings.defaults();
			return new RedisLockSettings(false, defaults.algorithm(), defaults.keyPrefix(), defaults.expire(),
					defaults.timeout(), defaults.maxHold(), null, 5, defaults.fenceRetention(),
					defaults.shutdownGrace(), defaults.localHandover(), defaults.startupCheck(),
					defaults.replicasWait());
		}

	}

	/**
	 * Comes after all ordered post-processors, so it sees only what was not made before.
	 */
	static class Watcher implements BeanPostProcessor {

		private boolean sawTemplate;

		@Override
		public Object postProcessAfterInitialization(Object bean, String beanName) {
			this.sawTemplate |= bean instanceof LockTemplate;
			return bean;
		}

	}

	interface Task {

		String run(String id);

	}

	static class LockedTask implements Task {

		@Override
		@RedisLocked("#id")
		public String run(String id) {
			return id + " under " + Lease.current().orElseThrow().key();
		}

	}

}
