/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.observation;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an observation of a lock.
 *
 * @since 0.1.0
 */
public abstract sealed class LockObservationContext extends Observation.Context
		permits LockAcquireObservationContext, LockHoldObservationContext {

	private final String key;

	private final @Nullable String lockName;

	LockObservationContext(String key, @Nullable String lockName) {
		this.key = key;
		this.lockName = lockName;
	}

	/**
	 * Returns which lock it is. Keys are many, and may hold personal data: they are no
	 * tags of meters.
	 * @return the key, as the user names it
	 */
	public String getKey() {
		return this.key;
	}

	/**
	 * Returns what kind of lock it is.
	 * @return the name, {@code Class.method} for an annotated method that gives none, or
	 * {@code null} for none
	 */
	public @Nullable String getLockName() {
		return this.lockName;
	}

}
