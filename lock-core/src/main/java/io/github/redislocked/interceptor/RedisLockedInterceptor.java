/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.util.function.Supplier;

import io.github.redislocked.LockTemplate;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.util.function.SingletonSupplier;

/**
 * Runs methods with a {@link io.github.redislocked.annotation.RedisLocked @RedisLocked}
 * under their locks, and all others as they are.
 *
 * @since 0.1.0
 */
public final class RedisLockedInterceptor implements MethodInterceptor {

	private final LockedMethodSource source;

	private final Supplier<LockTemplate> locks;

	/**
	 * Creates an interceptor.
	 * @param source knows which methods are locked
	 * @param locks gives the template that takes the locks; asked at the first locked
	 * call, so that the interceptor can be made before it
	 */
	public RedisLockedInterceptor(LockedMethodSource source, Supplier<LockTemplate> locks) {
		this.source = source;
		this.locks = SingletonSupplier.of(locks);
	}

	@Override
	public @Nullable Object invoke(MethodInvocation call) throws Throwable {
		Object target = call.getThis();
		Class<?> targetClass = (target != null) ? target.getClass() : call.getMethod().getDeclaringClass();
		LockedMethod method = this.source.find(call.getMethod(), targetClass);
		return (method != null) ? method.invocation().invoke(call, method, this.locks.get()) : call.proceed();
	}

}
