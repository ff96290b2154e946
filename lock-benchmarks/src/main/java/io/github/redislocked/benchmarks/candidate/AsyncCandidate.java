/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.candidate;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * A candidate that can also wait without a thread.
 */
public interface AsyncCandidate extends Candidate {

	/**
	 * Asks for the lock on a key without blocking.
	 * @param key what to lock
	 * @param timeout how long to wait
	 * @return a stage that completes, with whatever, when the lock is had or the time has
	 * passed
	 */
	CompletionStage<?> acquireAsync(String key, Duration timeout);

}
