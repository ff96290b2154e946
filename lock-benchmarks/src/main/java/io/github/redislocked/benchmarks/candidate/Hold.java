/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.candidate;

/**
 * A lock that is held.
 */
@FunctionalInterface
public interface Hold extends AutoCloseable {

	/**
	 * Gives the lock back.
	 */
	@Override
	void close();

}
