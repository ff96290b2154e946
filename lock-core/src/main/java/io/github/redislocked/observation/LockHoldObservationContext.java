/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.observation;

import org.jspecify.annotations.Nullable;

/**
 * What is known while a lock is held.
 *
 * @since 0.1.0
 */
public final class LockHoldObservationContext extends LockObservationContext {

	private final long fencingToken;

	private @Nullable Outcome outcome;

	/**
	 * Creates the context of a lock that was acquired.
	 * @param key which lock
	 * @param lockName what kind of lock, or {@code null} for none
	 * @param fencingToken the fencing token of the acquisition
	 */
	public LockHoldObservationContext(String key, @Nullable String lockName, long fencingToken) {
		super(key, lockName);
		this.fencingToken = fencingToken;
	}

	/**
	 * Returns which acquisition of the key it is.
	 * @return the fencing token
	 */
	public long getFencingToken() {
		return this.fencingToken;
	}

	/**
	 * Returns how the lock has ended.
	 * @return the outcome, or {@code null} before the end
	 */
	public @Nullable Outcome getOutcome() {
		return this.outcome;
	}

	void ended(Outcome outcome) {
		this.outcome = outcome;
	}

	/**
	 * How a lock that is held can end.
	 */
	public enum Outcome {

		/**
		 * Its holder has given it up.
		 */
		RELEASED,

		/**
		 * It was lost while it was held.
		 */
		LOST

	}

}
