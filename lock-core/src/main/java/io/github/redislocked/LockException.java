/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked;

import org.jspecify.annotations.Nullable;

/**
 * Root of what can go wrong with a lock. Messages go to logs, and keys may hold personal
 * data: no message of a lock exception names the key; {@link #key()} does.
 *
 * @since 0.1.0
 */
public abstract sealed class LockException extends RuntimeException
		permits LockNotAcquiredException, LockLostException, LockStoreException {

	private static final long serialVersionUID = 1L;

	private final String key;

	LockException(String key, String message, @Nullable Throwable cause) {
		super(LoggedText.of(message), cause);
		this.key = key;
	}

	/**
	 * Returns the key of the lock, as the user names it. Think of personal data and of
	 * line breaks before it goes to a log.
	 * @return the key
	 */
	public String key() {
		return this.key;
	}

}
