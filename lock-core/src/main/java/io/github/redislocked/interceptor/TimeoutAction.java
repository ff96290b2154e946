/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import io.github.redislocked.LockNotAcquiredException;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a call that did not get its locks in time.
 */
@FunctionalInterface
interface TimeoutAction {

	/**
	 * The caller is told.
	 */
	TimeoutAction THROW = (call, timeout) -> {
		throw timeout;
	};

	/**
	 * Ends the call.
	 * @param call the call
	 * @param timeout why the method cannot run
	 * @return what the caller receives
	 * @throws Throwable what the caller receives instead
	 */
	@Nullable Object apply(MethodInvocation call, LockNotAcquiredException timeout) throws Throwable;

}
