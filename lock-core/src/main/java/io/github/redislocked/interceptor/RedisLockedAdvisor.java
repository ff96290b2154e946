/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.lang.reflect.Method;
import java.util.function.IntSupplier;

import org.aopalliance.aop.Advice;

import org.springframework.aop.Pointcut;
import org.springframework.aop.support.AbstractPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;

/**
 * Brings {@link RedisLockedInterceptor} to the methods with a
 * {@link io.github.redislocked.annotation.RedisLocked @RedisLocked}.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class RedisLockedAdvisor extends AbstractPointcutAdvisor {

	private final Pointcut pointcut = new LockedMethodPointcut();

	private final RedisLockedInterceptor interceptor;

	private final IntSupplier order;

	/**
	 * Creates an advisor.
	 * @param interceptor what the methods are intercepted with
	 * @param order gives the advisor's place among others; asked when the first bean is
	 * locked, so that the advisor can be made before the settings
	 */
	public RedisLockedAdvisor(RedisLockedInterceptor interceptor, IntSupplier order) {
		this.interceptor = interceptor;
		this.order = order;
	}

	@Override
	public int getOrder() {
		return this.order.getAsInt();
	}

	@Override
	public Pointcut getPointcut() {
		return this.pointcut;
	}

	@Override
	public Advice getAdvice() {
		return this.interceptor;
	}

	private static final class LockedMethodPointcut extends StaticMethodMatcherPointcut {

		LockedMethodPointcut() {
			setClassFilter(LockedAnnotations::isCandidate);
		}

		@Override
		public boolean matches(Method method, Class<?> targetClass) {
			return LockedAnnotations.on(LockedAnnotations.specific(method, targetClass), targetClass).isPresent();
		}

	}

}
