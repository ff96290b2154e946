/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A caller asked for a lock, and went away without it.
 *
 * @param key which lock
 * @param name what kind of lock, or {@code null} for none
 * @param when when the wait had ended
 * @param waited how long the caller had waited, all phases together
 * @param holder owner token of the last known holder, or {@code null} if none was seen.
 * It is a right to release: keep it out of logs
 * @param reason why
 * @since 0.1.0
 */
public record LockNotAcquired(String key, @Nullable String name, Instant when, Duration waited, @Nullable String holder,
		Reason reason) implements FrequentLockEvent {

	/**
	 * Creates an event of this moment.
	 * @param key which lock
	 * @param name what kind of lock, or {@code null} for none
	 * @param waited how long the caller had waited
	 * @param holder owner token of the last known holder, or {@code null} if none was
	 * seen
	 * @param reason why
	 */
	public LockNotAcquired(String key, @Nullable String name, Duration waited, @Nullable String holder, Reason reason) {
		this(key, name, Instant.now(), waited, holder, reason);
	}

	@Override
	public String toString() {
		return "LockNotAcquired[key=%s, name=%s, when=%s, waited=%s, reason=%s]".formatted(LoggedText.of(this.key),
				LoggedText.of(String.valueOf(this.name)), this.when, this.waited, this.reason);
	}

	/**
	 * Why a caller has no lock.
	 */
	public enum Reason {

		/**
		 * Others had the lock until the timeout of the caller had passed.
		 */
		TIMEOUT,

		/**
		 * The caller did not want it any longer: its thread was interrupted, its future
		 * was cancelled, or the application is closing.
		 */
		CANCELLED,

		/**
		 * Redis could not be asked, or has refused.
		 */
		FAILURE

	}

}
