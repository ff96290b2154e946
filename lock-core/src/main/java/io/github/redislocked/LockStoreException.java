/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Redis could not be asked or refused, or the Redis key of the lock holds something that
 * is no lock. The method that was to run under the lock has not run.
 *
 * @since 0.1.0
 */
public final class LockStoreException extends LockException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final boolean transientFailure;

	/**
	 * Creates the exception.
	 * @param key the key of the lock
	 * @param message what failed, where, and how to mend it, without the key
	 * @param transientFailure whether the failure can pass by itself
	 * @param cause the failure of Redis or its driver, or {@code null} if there is none
	 */
	public LockStoreException(String key, String message, boolean transientFailure, @Nullable Throwable cause) {
		super(key, message, cause);
		this.transientFailure = transientFailure;
	}

	/**
	 * Returns whether the failure can pass by itself: a broken connection, a server that
	 * is loading or failing over. Such a failure has already been retried within the
	 * timeout.
	 * @return {@code true} if the same call may succeed later
	 */
	public boolean isTransient() {
		return this.transientFailure;
	}

}
