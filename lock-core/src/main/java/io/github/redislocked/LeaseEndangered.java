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
 * A lease could not be renewed for two thirds of its time, as when Redis cannot be
 * reached. It is held still, and is lost when the rest has passed without a renewal.
 * <p>
 * Told once per acquisition, even if it gets into danger again after it was renewed.
 * Leases that are not renewed are never in danger; they end as they were meant to.
 *
 * @param key which lock
 * @param name what kind of lock, or {@code null} for none
 * @param ownerToken the owner token of the acquisition
 * @param fencingToken the fencing token of the acquisition
 * @param when when it was noticed
 * @param remaining how long the lease still lasted then, at most a third of its time
 * @since 0.1.0
 */
public record LeaseEndangered(String key, @Nullable String name, String ownerToken, long fencingToken, Instant when,
		Duration remaining) implements LeaseEvent {

	/**
	 * Creates an event of this moment.
	 * @param key which lock
	 * @param name what kind of lock, or {@code null} for none
	 * @param ownerToken the owner token of the acquisition
	 * @param fencingToken the fencing token of the acquisition
	 * @param remaining how long the lease still lasts
	 */
	public LeaseEndangered(String key, @Nullable String name, String ownerToken, long fencingToken,
			Duration remaining) {
		this(key, name, ownerToken, fencingToken, Instant.now(), remaining);
	}

	@Override
	public String toString() {
		return "LeaseEndangered[key=%s, name=%s, fencingToken=%d, when=%s, remaining=%s]".formatted(
				LoggedText.of(this.key), LoggedText.of(String.valueOf(this.name)), this.fencingToken, this.when,
				this.remaining);
	}

}
