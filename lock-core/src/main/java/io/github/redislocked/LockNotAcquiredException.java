/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked;

import java.io.Serial;
import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The lock was not had within the timeout, or waiting for it was given up: the waiting
 * thread was interrupted (the cause is then the {@link InterruptedException}), or the
 * application is closing.
 *
 * @since 0.1.0
 */
public final class LockNotAcquiredException extends LockException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final Duration waited;

	private final @Nullable String holder;

	/**
	 * Creates the exception.
	 * @param key the key of the lock
	 * @param waited how long the caller had waited
	 * @param holder owner token of the last known holder, or {@code null} if none was
	 * seen
	 * @param reason why waiting ended, a clause that ends the message
	 * @param cause what ended the wait, or {@code null} if it was the timeout
	 */
	public LockNotAcquiredException(String key, Duration waited, @Nullable String holder, String reason,
			@Nullable Throwable cause) {
		super(key, "The lock was not acquired after %d ms: %s%s".formatted(waited.toMillis(), reason,
				(holder != null) ? " (held by " + label(holder) + ")" : ""), cause);
		this.waited = waited;
		this.holder = holder;
	}

	/**
	 * Returns how long the caller waited, all phases together.
	 * @return the time waited
	 */
	public Duration waited() {
		return this.waited;
	}

	/**
	 * Returns who held the lock when it was last asked for.
	 * @return the holder's owner token, or empty if no holder was seen
	 */
	public Optional<String> holder() {
		return Optional.ofNullable(this.holder);
	}

	// The rest of an owner token is a right to release, which does not belong in a log.
	private static String label(String holder) {
		int sequence = holder.lastIndexOf(':');
		int random = holder.lastIndexOf(':', sequence - 1);
		return (random > 0) ? holder.substring(0, random) : "another client";
	}

}
