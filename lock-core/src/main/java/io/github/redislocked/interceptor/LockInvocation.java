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
	 * Finds the way for a method.
	 * @param method the method
	 * @param place where its annotation has its effect
	 * @return the way
	 * @throws InvalidRedisLockedException if there is none
	 */
	static LockInvocation of(Method method, LockedPlace place) {
		for (LockInvocation invocation : List.<LockInvocation>of(new SyncInvocation())) {
			if (invocation.handles(method)) {
				return invocation;
			}
		}
		String type = method.getReturnType().getName();
		throw (ResultKind.of(method) == ResultKind.LATER)
				? place
					.refuse("asynchronous results (%s, or of a suspend function) are not supported yet".formatted(type),
							"Until they are, lock a method that returns when its work is done.")
				: place.refuse(
						"nobody can see when a %s ends, so the lock would be given back too early".formatted(type),
						"Lock the method that does the work, and return its result.");
	}

}
