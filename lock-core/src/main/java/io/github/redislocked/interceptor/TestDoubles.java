/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Recognises mocks. A test puts them in the place of a bean, as finished objects without
 * a proxy, and their class has the annotations of what they stand for.
 */
final class TestDoubles {

	private static final @Nullable Method MOCKING_DETAILS = mockingDetails();

	private TestDoubles() {
	}

	static boolean isMock(Object bean) {
		if (MOCKING_DETAILS == null) {
			return false;
		}
		Object details = ReflectionUtils.invokeMethod(MOCKING_DETAILS, null, bean);
		Method isMock = ReflectionUtils.findMethod(MOCKING_DETAILS.getReturnType(), "isMock");
		return details != null && isMock != null && Boolean.TRUE.equals(ReflectionUtils.invokeMethod(isMock, details));
	}

	private static @Nullable Method mockingDetails() {
		try {
			Class<?> mockito = ClassUtils.forName("org.mockito.Mockito", TestDoubles.class.getClassLoader());
			return ReflectionUtils.findMethod(mockito, "mockingDetails", Object.class);
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return null;
		}
	}

}
