/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import io.github.redislocked.annotation.RedisLocked;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;

import static org.assertj.core.api.Assertions.assertThat;

class RedisLockedAdvisorTests {

	@Test
	void whenClassHasNoInterfaceThenProxiedByClass() {
		try (LockedBeans beans = LockedBeans.of(Plain.class)) {
			Plain plain = beans.get(Plain.class);
			assertThat(AopUtils.isCglibProxy(plain)).isTrue();
			plain.byProtected("a");
			plain.byPackage("b");
			plain.unlocked();
			assertThat(beans.locks.keys()).containsExactly("a", "b");
		}
	}

	@Test
	void whenClassHasInterfaceThenProxiedByIt() {
		try (LockedBeans beans = LockedBeans.of(Implementation.class)) {
			@SuppressWarnings("unchecked")
			Contract<String> contract = beans.get(Contract.class);
			assertThat(AopUtils.isJdkDynamicProxy(contract)).isTrue();
			contract.onImplementation("a");
			contract.onInterface("b");
			contract.generic("c");
			contract.byDefault("d");
			assertThat(beans.locks.keys()).containsExactly("a", "b", "c", "d");
		}
	}

	@Test
	void whenFinalClassIsProxiedByInterfaceThenLocked() {
		try (LockedBeans beans = LockedBeans.of(FinalImplementation.class)) {
			beans.get(Named.class).name();
			assertThat(beans.locks.keys()).containsExactly("final");
		}
	}

	@Test
	void whenOtherAdvisorHasLowestPrecedenceThenLockIsOutside() {
		try (LockedBeans beans = LockedBeans.of(TransactionLike.class, Plain.class)) {
			TransactionLike.locks = beans.locks;
			beans.get(Plain.class).byPackage("a");
			assertThat(beans.locks.events).containsExactly("acquire a", "begin", "commit", "close a");
		}
	}

	@Test
	void whenProxyFactoryIsUsedDirectlyThenLocked() {
		RecordingLocks locks = new RecordingLocks();
		LockedMethodSource source = new LockedMethodSource(new StaticListableBeanFactory());
		ProxyFactory factory = new ProxyFactory(new Plain());
		factory.addAdvisor(new RedisLockedAdvisor(new RedisLockedInterceptor(source, () -> locks), () -> 0));
		((Plain) factory.getProxy()).byPackage("a");
		assertThat(locks.keys()).containsExactly("a");
	}

	@Test
	void whenMethodIsReachedInSeveralWaysThenReadOnce() throws Exception {
		LockedMethodSource source = new LockedMethodSource(new StaticListableBeanFactory());
		LockedMethod byInterface = source.find(Contract.class.getMethod("generic", Object.class), Implementation.class);
		LockedMethod direct = source.find(Implementation.class.getMethod("generic", String.class),
				Implementation.class);
		assertThat(direct).isNotNull().isSameAs(byInterface);
		assertThat(direct.name()).isEqualTo("Implementation.generic");
	}

	static class Plain {

		@RedisLocked("#id")
		protected void byProtected(String id) {
		}

		@RedisLocked("#id")
		void byPackage(String id) {
		}

		void unlocked() {
		}

	}

	interface Contract<G> {

		void onImplementation(String id);

		@RedisLocked("#id")
		void onInterface(String id);

		void generic(G id);

		@RedisLocked("#id")
		default void byDefault(String id) {
		}

	}

	static class Implementation implements Contract<String> {

		@Override
		@RedisLocked("#id")
		public void onImplementation(String id) {
		}

		@Override
		public void onInterface(String other) {
		}

		@Override
		@RedisLocked("#id")
		public void generic(String id) {
		}

	}

	interface Named {

		void name();

	}

	static final class FinalImplementation implements Named {

		@Override
		@RedisLocked("final")
		public void name() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TransactionLike {

		static RecordingLocks locks = new RecordingLocks();

		@Bean
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static DefaultPointcutAdvisor aaaTransactions() {
			return new DefaultPointcutAdvisor((MethodInterceptor) (call) -> {
				if (!call.getMethod().getDeclaringClass().equals(Plain.class)) {
					return call.proceed();
				}
				locks.events.add("begin");
				Object result = call.proceed();
				locks.events.add("commit");
				return result;
			});
		}

	}

}
