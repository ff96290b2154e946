/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Where an annotation has its effect, for messages.
 *
 * @param targetClass the class of the bean
 * @param method the method, or {@code null} for the class as a whole
 */
record LockedPlace(Class<?> targetClass, @Nullable Method method) {

	@Nullable String signature() {
		return (this.method != null) ? Arrays.stream(this.method.getParameterTypes())
			.map(Class::getSimpleName)
			.collect(Collectors.joining(", ", this.method.getName() + "(", ")")) : null;
	}

	InvalidRedisLockedException refuse(String problem, String action) {
		return new InvalidRedisLockedException(this, null, null, problem, action, null);
	}

	InvalidRedisLockedException refuse(String attribute, String value, String problem, String action) {
		return new InvalidRedisLockedException(this, attribute, value, problem, action, null);
	}

	InvalidRedisLockedException refuse(String attribute, String value, String problem, String action, Throwable cause) {
		return new InvalidRedisLockedException(this, attribute, value, problem, action, cause);
	}

	@Override
	public String toString() {
		String signature = signature();
		return this.targetClass.getName() + ((signature != null) ? "." + signature : "");
	}

}
