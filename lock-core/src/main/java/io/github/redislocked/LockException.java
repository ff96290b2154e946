/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Root of what can go wrong with a lock. The message of a lock exception names the key;
 * keys may hold personal data, so treat it as such when it is logged.
 *
 * @since 0.1.0
 */
public abstract sealed class LockException extends RuntimeException
		permits LockNotAcquiredException, LockLostException, LockStoreException {

	private static final long serialVersionUID = 1L;

	/**
	 * What a key could hold that would forge lines of a log.
	 */
	private static final Pattern CONTROL_CHARACTERS = Pattern.compile("\\p{Cntrl}");

	private final String key;

	LockException(String key, String message, @Nullable Throwable cause) {
		super(CONTROL_CHARACTERS.matcher(message).replaceAll("?"), cause);
		this.key = key;
	}

	/**
	 * Returns the key of the lock, as the user names it.
	 * @return the key
	 */
	public String key() {
		return this.key;
	}

}
