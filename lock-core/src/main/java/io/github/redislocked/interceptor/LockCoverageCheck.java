/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.SpringProxy;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Makes sure, when all singletons are there, that each one with a
 * {@link io.github.redislocked.annotation.RedisLocked @RedisLocked} has its proxy. One
 * that was pulled in too early, by a bean post-processor for instance, has none.
 *
 * @since 0.1.0
 */
public final class LockCoverageCheck implements SmartInitializingSingleton {

	private final RedisLockedValidator validator;

	private final ConfigurableListableBeanFactory beanFactory;

	/**
	 * Creates a check.
	 * @param validator knows which classes have locked methods
	 * @param beanFactory where the beans are
	 */
	public LockCoverageCheck(RedisLockedValidator validator, ConfigurableListableBeanFactory beanFactory) {
		this.validator = validator;
		this.beanFactory = beanFactory;
	}

	/**
	 * {@inheritDoc}
	 * @throws InvalidRedisLockedException if a bean would run without its locks
	 */
	@Override
	public void afterSingletonsInstantiated() {
		for (String name : this.beanFactory.getSingletonNames()) {
			Object bean = this.beanFactory.getSingleton(name);
			if (bean != null) {
				check(name, bean);
			}
		}
	}

	private void check(String name, Object bean) {
		Class<?> type = AopProxyUtils.ultimateTargetClass(bean);
		if (this.validator.hasLockedMethods(type) && !isCovered(bean) && !TestDoubles.isMock(bean)) {
			throw new LockedPlace(type, null).refuse(
					"bean '%s' has no proxy that takes its locks; it may have been created too early, as a dependency of a bean post-processor, or registered as a finished object"
						.formatted(name),
					"Let the bean be created later (inject it lazily or through an ObjectProvider there), and by the container.");
		}
	}

	private static boolean isCovered(@Nullable Object bean) {
		if (bean instanceof Advised advised) {
			return Arrays.stream(advised.getAdvisors()).anyMatch(RedisLockedAdvisor.class::isInstance)
					|| isCovered(AopProxyUtils.getSingletonTarget(bean));
		}
		// A proxy that is opaque cannot be asked.
		return bean instanceof SpringProxy;
	}

}
