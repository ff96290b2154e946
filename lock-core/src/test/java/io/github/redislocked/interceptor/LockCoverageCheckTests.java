/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.util.Map;

import io.github.redislocked.annotation.RedisLocked;
import org.junit.jupiter.api.Test;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.core.PriorityOrdered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LockCoverageCheckTests {

	@Test
	void whenBeanIsPulledInTooEarlyThenRefused() {
		InvalidRedisLockedException ex = Refusals.of(TooEarly.class, Work.class);
		assertThat(ex.beanClass()).isEqualTo(Work.class);
		assertThat(ex.problem()).contains("'lockCoverageCheckTests.Work'").contains("too early");
	}

	@Test
	void whenBeanIsFinishedObjectThenRefused() {
		assertThat(Refusals.of(Finished.class).problem()).contains("'work'");
	}

	@Test
	void whenBeanHasProxyInsideAProxyThenAccepted() {
		ProxyFactory inner = new ProxyFactory(new Work());
		inner.addAdvisor(new RedisLockedAdvisor(new RedisLockedInterceptor(source(), RecordingLocks::new), () -> 0));
		ProxyFactory outer = new ProxyFactory(inner.getProxy());
		DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();
		beanFactory.registerSingleton("work", outer.getProxy());
		check(beanFactory);
	}

	@Test
	void whenProxyHasOtherAdviceOnlyThenRefused() {
		DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();
		beanFactory.registerSingleton("work", new ProxyFactory(new Work()).getProxy());
		assertThatExceptionOfType(InvalidRedisLockedException.class).isThrownBy(() -> check(beanFactory));
	}

	@Test
	void whenBeansAreLazyOrScopedOrMadeByFactoryThenNothingIsInstantiated() {
		try (LockedBeans beans = LockedBeans.of(Unhurried.class)) {
			assertThat(Unhurried.made).isZero();
			beans.context.getBean("lazy", Work.class).run();
			beans.context.getBean("scoped", Work.class).run();
			beans.context.getBean("product", Work.class).run();
			assertThat(Unhurried.made).isEqualTo(3);
			assertThat(beans.locks.keys()).containsExactly("k", "k", "k");
		}
	}

	@Test
	void whenNothingElseMakesProxiesThenLockedAllTheSame() {
		try (LockedBeans beans = LockedBeans.with(Map.of("spring.aop.auto", "false"), Work.class)) {
			beans.get(Work.class).run();
			assertThat(beans.locks.keys()).containsExactly("k");
		}
	}

	private static void check(DefaultListableBeanFactory beanFactory) {
		new LockCoverageCheck(new RedisLockedValidator(source(), beanFactory), beanFactory)
			.afterSingletonsInstantiated();
	}

	private static LockedMethodSource source() {
		return new LockedMethodSource(new DefaultListableBeanFactory());
	}

	static class Work {

		@RedisLocked("k")
		void run() {
		}

	}

	static class TooEarly implements BeanPostProcessor, BeanFactoryAware, PriorityOrdered {

		@Override
		public void setBeanFactory(BeanFactory beanFactory) {
			beanFactory.getBean(Work.class);
		}

		@Override
		public int getOrder() {
			return HIGHEST_PRECEDENCE;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Finished {

		@Bean
		static BeanFactoryPostProcessor registrar() {
			return (beanFactory) -> beanFactory.registerSingleton("work", new Work());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Unhurried {

		static int made;

		Unhurried() {
			made = 0;
		}

		@Bean
		@Lazy
		Work lazy() {
			made++;
			return new Work();
		}

		@Bean
		@Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
		Work scoped() {
			made++;
			return new Work();
		}

		@Bean
		FactoryBean<Work> product() {
			return new FactoryBean<>() {

				@Override
				public Work getObject() {
					made++;
					return new Work();
				}

				@Override
				public Class<?> getObjectType() {
					return Work.class;
				}

			};
		}

	}

}
