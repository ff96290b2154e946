/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.candidate;

import org.jspecify.annotations.Nullable;

/**
 * One lock under measurement, in one process.
 */
public interface Candidate extends AutoCloseable {

	/**
	 * Takes the lock on a key, waiting up to {@link CandidateType#TIMEOUT} where the
	 * candidate can wait.
	 * @param key what to lock
	 * @return the lock, to be given back by the same thread, or {@code null} if it was
	 * not had in time
	 * @throws InterruptedException if the thread was interrupted
	 */
	@Nullable Hold acquire(String key) throws InterruptedException;

	@Override
	void close();

}
