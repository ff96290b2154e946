/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import org.springframework.core.KotlinDetector;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.util.ClassUtils;

/**
 * When the work behind a result ends.
 */
enum ResultKind {

	/**
	 * When the method returns.
	 */
	NOW,

	/**
	 * Later, and it can be told when: the type reports its end.
	 */
	LATER,

	/**
	 * Later, and nobody can tell when.
	 */
	UNSEEN;

	/**
	 * Types of libraries that need not be there, by name.
	 */
	private static final Set<String> UNSEEN_NAMES = Set.of(
			"org.springframework.web.context.request.async.DeferredResult",
			"org.springframework.web.context.request.async.WebAsyncTask",
			"org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter",
			"org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody");

	private static final ClassValue<ResultKind> KINDS = new ClassValue<>() {

		@Override
		protected ResultKind computeValue(Class<?> type) {
			return classify(type);
		}

	};

	static ResultKind of(Method method) {
		return KotlinDetector.isSuspendingFunction(method) ? LATER : of(method.getReturnType());
	}

	static ResultKind of(Class<?> type) {
		return KINDS.get(type);
	}

	private static ResultKind classify(Class<?> type) {
		if (CompletionStage.class.isAssignableFrom(type) || Flow.Publisher.class.isAssignableFrom(type)
				|| is(type, Set.of("org.reactivestreams.Publisher"))
				|| ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null) {
			return LATER;
		}
		return (Future.class.isAssignableFrom(type) || Callable.class.isAssignableFrom(type) || is(type, UNSEEN_NAMES))
				? UNSEEN : NOW;
	}

	private static boolean is(Class<?> type, Set<String> names) {
		for (Class<?> current = type; current != null; current = superclass(current)) {
			if (names.contains(current.getName())) {
				return true;
			}
		}
		return ClassUtils.getAllInterfacesForClassAsSet(type).stream().map(Class::getName).anyMatch(names::contains);
	}

	private static @Nullable Class<?> superclass(Class<?> type) {
		return type.getSuperclass();
	}

}
