/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.util.function.Supplier;

/**
 * What a calling thread carries, such as the values of a log or a trace, for the body of
 * an asynchronous method that runs on another thread. A bean of this type is used for all
 * such methods; current leases travel without it.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface CallerContext {

	/**
	 * Carries nothing.
	 */
	CallerContext NONE = () -> () -> () -> {
	};

	/**
	 * Captures what the calling thread carries.
	 * @return puts it into the thread that calls this, any number of times, and returns
	 * what puts back in the same thread what was there before
	 */
	Supplier<Runnable> capture();

}
