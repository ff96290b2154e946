/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

import io.github.redislocked.LockNotAcquiredException;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.core.KotlinDetector;
import org.springframework.util.ReflectionUtils;

/**
 * Calls another method of the bean.
 */
final class FallbackAction implements TimeoutAction {

	private final Method fallback;

	private final boolean takesException;

	private FallbackAction(Method fallback, boolean takesException) {
		this.fallback = fallback;
		this.takesException = takesException;
	}

	static FallbackAction of(String name, Method method, LockedPlace place) {
		if (KotlinDetector.isSuspendingFunction(method)) {
			throw place.refuse("fallback", name, "a suspend function cannot have a fallback",
					"Catch the LockNotAcquiredException where the function is called.");
		}
		Class<?>[] types = method.getParameterTypes();
		Class<?>[] withException = Arrays.copyOf(types, types.length + 1);
		withException[types.length] = LockNotAcquiredException.class;
		Method fallback = ReflectionUtils.findMethod(place.targetClass(), name, withException);
		boolean takesException = fallback != null;
		if (fallback == null) {
			fallback = ReflectionUtils.findMethod(place.targetClass(), name, types);
		}
		String returnType = method.getReturnType().getSimpleName();
		if (fallback == null) {
			throw place.refuse("fallback", name, "there is no such method with the same parameters",
					("Write a method %s %s with the parameters of %s, after which it may have a LockNotAcquiredException.")
						.formatted(returnType, name, place.signature()));
		}
		if (fallback.getReturnType() != method.getReturnType()) {
			throw place.refuse("fallback", name,
					"the fallback returns " + fallback.getReturnType().getSimpleName() + ", not " + returnType,
					"Give it the return type of the method.");
		}
		if (fallback.equals(method) || LockedAnnotations.ownOf(fallback).isPresent()) {
			throw place.refuse("fallback", name,
					fallback.equals(method) ? "the fallback is the method itself, which would run without its lock"
							: "the fallback is annotated with @RedisLocked too, but is called without a lock",
					"Name another method; under an annotation on the class it is best private.");
		}
		ReflectionUtils.makeAccessible(fallback);
		return new FallbackAction(fallback, takesException);
	}

	@Override
	public @Nullable Object apply(MethodInvocation call, LockNotAcquiredException timeout) throws Throwable {
		@Nullable Object[] arguments = call.getArguments();
		if (this.takesException) {
			arguments = Arrays.copyOf(arguments, arguments.length + 1, Object[].class);
			arguments[arguments.length - 1] = timeout;
		}
		try {
			return this.fallback.invoke(call.getThis(), arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

}
