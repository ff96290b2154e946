/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reactive;

import java.lang.reflect.Method;

import io.github.redislocked.interceptor.LockedCall;
import io.github.redislocked.interceptor.ResultAdapter;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodParameter;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;

/**
 * Methods that return a publisher of any type that Spring's
 * {@link ReactiveAdapterRegistry} knows, and Kotlin's suspend functions, which proxies
 * turn into publishers. Each subscription takes the locks and calls the method anew.
 *
 * @since 0.1.0
 */
public final class PublisherAdapter implements ResultAdapter {

	private static final String KOTLIN_FLOW = "kotlinx.coroutines.flow.Flow";

	@Override
	public boolean handles(Method method) {
		ReactiveAdapter adapter = adapterOf(method);
		// A subtype could not be made from a publisher of ours.
		return adapter != null
				&& (KotlinDetector.isSuspendingFunction(method) || adapter.getReactiveType() == method.getReturnType());
	}

	@Override
	public boolean canBeEmpty(Method method) {
		return required(method).supportsEmpty();
	}

	@Override
	public Object adapt(LockedCall call) {
		ReactiveAdapter adapter = required(call.method());
		Flux<Object> flux = Flux.deferContextual((context) -> new LockedSubscription(call, adapter, context).flux());
		Publisher<Object> publisher = adapter.isMultiValue() ? flux : flux.singleOrEmpty();
		return KotlinDetector.isSuspendingFunction(call.method()) ? publisher : adapter.fromPublisher(publisher);
	}

	private static ReactiveAdapter required(Method method) {
		ReactiveAdapter adapter = adapterOf(method);
		if (adapter == null) {
			throw new IllegalStateException("No adapter for the result of " + method);
		}
		return adapter;
	}

	private static @Nullable ReactiveAdapter adapterOf(Method method) {
		return ReactiveAdapterRegistry.getSharedInstance().getAdapter(typeOf(method));
	}

	private static Class<?> typeOf(Method method) {
		if (!KotlinDetector.isSuspendingFunction(method)) {
			return method.getReturnType();
		}
		return KOTLIN_FLOW.equals(new MethodParameter(method, -1).getParameterType().getName()) ? Flux.class
				: Mono.class;
	}

}
