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
 * A lease was renewed, and has been held for longer than is usual by now: its holder may
 * be stuck, while others wait. Told once per acquisition, with the first renewal after
 * {@code redis-lock.observability.long-hold}; not of leases that are not renewed.
 *
 * @param key which lock
 * @param name what kind of lock, or {@code null} for none
 * @param ownerToken the owner token of the acquisition
 * @param fencingToken the fencing token of the acquisition
 * @param when when
 * @param held how long the lock has been held so far
 * @since 0.1.0
 */
public record LeaseRenewed(String key, @Nullable String name, String ownerToken, long fencingToken, Instant when,
		Duration held) implements LeaseEvent {

	/**
	 * Creates an event of this moment.
	 * @param key which lock
	 * @param name what kind of lock, or {@code null} for none
	 * @param ownerToken the owner token of the acquisition
	 * @param fencingToken the fencing token of the acquisition
	 * @param held how long the lock has been held so far
	 */
	public LeaseRenewed(String key, @Nullable String name, String ownerToken, long fencingToken, Duration held) {
		this(key, name, ownerToken, fencingToken, Instant.now(), held);
	}

	@Override
	public String toString() {
		return "LeaseRenewed[key=%s, name=%s, fencingToken=%d, when=%s, held=%s]".formatted(LoggedText.of(this.key),
				LoggedText.of(String.valueOf(this.name)), this.fencingToken, this.when, this.held);
	}

}
