/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.lang.reflect.Method;
import java.util.List;

import io.github.redislocked.LockTemplate;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * How methods with one kind of return value run under their locks. There is one class for
 * each kind; which one a method needs is decided when its annotation is read.
 */
interface LockInvocation {

	/**
	 * Returns whether this is the way for a method.
	 * @param method the method
	 * @return {@code true} if it is
	 */
	boolean handles(Method method);

	/**
	 * Runs a call under its locks.
	 * @param call the call
	 * @param method what is known of the method
	 * @param locks where the locks are taken
	 * @return what the caller receives
	 * @throws Throwable what the caller receives instead
	 */
	@Nullable Object invoke(MethodInvocation call, LockedMethod method, LockTemplate locks) throws Throwable;

	/**
	 * Returns whether there is a result that stands for a method that was skipped.
	 * @param method a method that this handles
	 * @return {@code true} if there is one
	 */
	default boolean canSkip(Method method) {
		return !method.getReturnType().isPrimitive() || method.getReturnType() == void.class;
	}

	/**
	 * Finds the way for a method.
	 * @param method the method
	 * @param adapters those for results of further types
	 * @param place where its annotation has its effect
	 * @return the way
	 * @throws InvalidRedisLockedException if there is none
	 */
	static LockInvocation of(Method method, List<ResultAdapter> adapters, LockedPlace place) {
		for (LockInvocation invocation : List.of(new SyncInvocation(), new StageInvocation())) {
			if (invocation.handles(method)) {
				return invocation;
			}
		}
		for (ResultAdapter adapter : adapters) {
			if (adapter.handles(method)) {
				return new AdaptedInvocation(adapter);
			}
		}
		String type = method.getReturnType().getName();
		throw (ResultKind.of(method) == ResultKind.LATER) ? place.refuse(
				"there is no way to make a %s that ends after the lock was given back".formatted(type),
				"Return a CompletableFuture or CompletionStage; or, with Reactor on the class path, a type that Spring's ReactiveAdapterRegistry knows.")
				: place.refuse(
						"nobody can see when a %s ends, so the lock would be given back too early".formatted(type),
						"Lock the method that does the work, and return its result.");
	}

}
