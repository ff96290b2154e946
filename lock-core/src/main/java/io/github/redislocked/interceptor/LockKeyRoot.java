/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.lang.reflect.Method;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;

/**
 * What {@code #root} means in a key.
 *
 * @param method the method called
 * @param methodName its name
 * @param args the arguments
 * @param target the bean
 * @param targetClass the class of the bean
 */
record LockKeyRoot(Method method, String methodName, @Nullable Object[] args, @Nullable Object target,
		Class<?> targetClass) {

	static LockKeyRoot of(MethodInvocation call) {
		Object target = call.getThis();
		Method method = call.getMethod();
		return new LockKeyRoot(method, method.getName(), call.getArguments(), target,
				(target != null) ? AopUtils.getTargetClass(target) : method.getDeclaringClass());
	}

}
