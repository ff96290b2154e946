/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.observation;

import io.github.redislocked.LockOrigin;
import org.jspecify.annotations.Nullable;

/**
 * What is known while a caller is on its way to a lock.
 *
 * @since 0.1.0
 */
public final class LockAcquireObservationContext extends LockObservationContext {

	private @Nullable Outcome outcome;

	private @Nullable LockOrigin origin;

	/**
	 * Creates the context of a wait that begins.
	 * @param key which lock
	 * @param lockName what kind of lock, or {@code null} for none
	 */
	public LockAcquireObservationContext(String key, @Nullable String lockName) {
		super(key, lockName);
	}

	/**
	 * Returns how the wait has ended.
	 * @return the outcome, or {@code null} before the end
	 */
	public @Nullable Outcome getOutcome() {
		return this.outcome;
	}

	/**
	 * Returns how the lock came to the caller.
	 * @return the origin, or {@code null} if it was not acquired
	 */
	public @Nullable LockOrigin getOrigin() {
		return this.origin;
	}

	void ended(Outcome outcome, @Nullable LockOrigin origin) {
		this.outcome = outcome;
		this.origin = origin;
	}

	/**
	 * How a wait can end.
	 */
	public enum Outcome {

		/**
		 * With the lock.
		 */
		ACQUIRED,

		/**
		 * With a share of the lock, which the caller has already.
		 */
		REENTRANT,

		/**
		 * Without it, as the timeout had passed.
		 */
		TIMEOUT,

		/**
		 * Without it, as the caller was interrupted or has gone, or the application is
		 * closing.
		 */
		CANCELLED,

		/**
		 * Without it, as Redis could not be asked or has refused.
		 */
		ERROR

	}

}
