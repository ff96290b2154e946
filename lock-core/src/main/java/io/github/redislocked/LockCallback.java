/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked;

import org.jspecify.annotations.Nullable;

/**
 * Code that runs under a lock.
 *
 * @param <T> type of its result
 * @param <E> type of what it throws
 * @since 0.1.0
 */
@FunctionalInterface
public interface LockCallback<T extends @Nullable Object, E extends Throwable> {

	/**
	 * Runs the code.
	 * @return its result
	 * @throws E if the code fails
	 */
	T call() throws E;

}
