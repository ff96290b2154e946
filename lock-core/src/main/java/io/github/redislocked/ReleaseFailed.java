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
 * The holder of a lease has closed it, but Redis could not be told, neither at once nor
 * by a first repetition. Until it is, or the lease has ended by itself, nobody else gets
 * the lock.
 * <p>
 * Told at most twice per acquisition: when the first repetition has failed, after which
 * more follow in the background; and, with nothing {@linkplain #remaining() remaining},
 * when the lease has ended before Redis has answered. Then it cannot be told any more
 * whether the lock was held until it was closed. Nothing more is told of a repetition
 * that succeeds; one that finds the lock lost is a {@link LeaseLost}.
 *
 * @param key which lock
 * @param name what kind of lock, or {@code null} for none
 * @param ownerToken the owner token of the acquisition
 * @param fencingToken the fencing token of the acquisition
 * @param when when the attempt had failed, or the end was noticed
 * @param remaining how long Redis keeps the lock at most if it is never told, zero if the
 * lease has ended
 * @since 0.1.0
 */
public record ReleaseFailed(String key, @Nullable String name, String ownerToken, long fencingToken, Instant when,
		Duration remaining) implements LeaseEvent {

	/**
	 * Creates an event of this moment.
	 * @param key which lock
	 * @param name what kind of lock, or {@code null} for none
	 * @param ownerToken the owner token of the acquisition
	 * @param fencingToken the fencing token of the acquisition
	 * @param remaining how long Redis keeps the lock at most, zero if the lease has ended
	 */
	public ReleaseFailed(String key, @Nullable String name, String ownerToken, long fencingToken, Duration remaining) {
		this(key, name, ownerToken, fencingToken, Instant.now(), remaining);
	}

	@Override
	public String toString() {
		return "ReleaseFailed[key=%s, name=%s, fencingToken=%d, when=%s, remaining=%s]".formatted(
				LoggedText.of(this.key), LoggedText.of(String.valueOf(this.name)), this.fencingToken, this.when,
				this.remaining);
	}

}
