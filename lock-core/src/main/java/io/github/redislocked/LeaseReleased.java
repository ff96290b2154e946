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
 * The holder of a lease has given it up: the last of the leases that share the
 * acquisition was closed. Redis is told after that, so a {@link ReleaseFailed}, or a
 * {@link LeaseLost} that only the release has found, may follow. Each
 * {@link LeaseAcquired} is followed by this event, or by a {@link LeaseLost} that was
 * noticed while the lock was held.
 *
 * @param key which lock
 * @param name what kind of lock, or {@code null} for none
 * @param ownerToken the owner token of the acquisition
 * @param fencingToken the fencing token of the acquisition
 * @param when when
 * @param held how long the lock was held
 * @since 0.1.0
 */
public record LeaseReleased(String key, @Nullable String name, String ownerToken, long fencingToken, Instant when,
		Duration held) implements LeaseEvent, FrequentLockEvent {

	/**
	 * Creates an event of this moment.
	 * @param key which lock
	 * @param name what kind of lock, or {@code null} for none
	 * @param ownerToken the owner token of the acquisition
	 * @param fencingToken the fencing token of the acquisition
	 * @param held how long the lock was held
	 */
	public LeaseReleased(String key, @Nullable String name, String ownerToken, long fencingToken, Duration held) {
		this(key, name, ownerToken, fencingToken, Instant.now(), held);
	}

	@Override
	public String toString() {
		return "LeaseReleased[key=%s, name=%s, fencingToken=%d, when=%s, held=%s]".formatted(LoggedText.of(this.key),
				LoggedText.of(String.valueOf(this.name)), this.fencingToken, this.when, this.held);
	}

}
