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
 * A lock was acquired. A caller that has the lock already, and shares it with itself, has
 * not acquired it.
 *
 * @param key which lock
 * @param name what kind of lock, or {@code null} for none
 * @param ownerToken the owner token of the acquisition
 * @param fencingToken the fencing token of the acquisition
 * @param when when
 * @param waited how long the caller had waited, all phases together
 * @param origin how the lock came to the caller
 * @since 0.1.0
 */
public record LeaseAcquired(String key, @Nullable String name, String ownerToken, long fencingToken, Instant when,
		Duration waited, LockOrigin origin) implements LeaseEvent, FrequentLockEvent {

	/**
	 * Creates an event of this moment.
	 * @param key which lock
	 * @param name what kind of lock, or {@code null} for none
	 * @param ownerToken the owner token of the acquisition
	 * @param fencingToken the fencing token of the acquisition
	 * @param waited how long the caller had waited
	 * @param origin how the lock came to the caller
	 */
	public LeaseAcquired(String key, @Nullable String name, String ownerToken, long fencingToken, Duration waited,
			LockOrigin origin) {
		this(key, name, ownerToken, fencingToken, Instant.now(), waited, origin);
	}

	@Override
	public String toString() {
		return "LeaseAcquired[key=%s, name=%s, fencingToken=%d, when=%s, waited=%s, origin=%s]".formatted(
				LoggedText.of(this.key), LoggedText.of(String.valueOf(this.name)), this.fencingToken, this.when,
				this.waited, this.origin);
	}

}
