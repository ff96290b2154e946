/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.lang.reflect.Method;

/**
 * Runs methods under their locks whose results end later, for types of a library that
 * need not be there.
 *
 * @since 0.1.0
 */
public interface ResultAdapter {

	/**
	 * Returns whether this adapter is for a method.
	 * @param method the method
	 * @return {@code true} if it knows when the method's result ends
	 */
	boolean handles(Method method);

	/**
	 * Returns whether a result of a method may be empty, so that the method can be
	 * skipped.
	 * @param method a method that this adapter handles
	 * @return {@code true} if there is an empty result
	 */
	boolean canBeEmpty(Method method);

	/**
	 * Runs a call under its locks. Every failure arrives through the result.
	 * @param call the call
	 * @return what the caller receives
	 */
	Object adapt(LockedCall call);

}
