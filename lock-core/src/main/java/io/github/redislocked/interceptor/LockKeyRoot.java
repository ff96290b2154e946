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
 * What {@code #root} means in a key. The getters are public for SpEL.
 */
final class LockKeyRoot {

	private final MethodInvocation call;

	LockKeyRoot(MethodInvocation call) {
		this.call = call;
	}

	public Method getMethod() {
		return this.call.getMethod();
	}

	public String getMethodName() {
		return this.call.getMethod().getName();
	}

	public @Nullable Object[] getArgs() {
		return this.call.getArguments();
	}

	public @Nullable Object getTarget() {
		return this.call.getThis();
	}

	public Class<?> getTargetClass() {
		Object target = this.call.getThis();
		return (target != null) ? AopUtils.getTargetClass(target) : this.call.getMethod().getDeclaringClass();
	}

}
