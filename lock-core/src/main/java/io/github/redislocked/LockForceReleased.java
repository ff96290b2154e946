/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * An operator has taken a lock away from its holder, through this process. The holder,
 * wherever it is, learns that by a {@link LeaseLost} of its own.
 *
 * @param key which lock
 * @param ownerToken the owner token of the acquisition that has lost it
 * @param when when it happened
 * @since 0.1.0
 */
public record LockForceReleased(String key, String ownerToken, Instant when) implements LockEvent {

	/**
	 * Creates an event of this moment.
	 * @param key which lock
	 * @param ownerToken the owner token of the acquisition that has lost it
	 */
	public LockForceReleased(String key, String ownerToken) {
		this(key, ownerToken, Instant.now());
	}

	/**
	 * Returns nothing: the process that takes a lock away does not know what kind it is.
	 * @return {@code null}
	 */
	@Override
	public @Nullable String name() {
		return null;
	}

	@Override
	public String toString() {
		return "LockForceReleased[key=%s, when=%s]".formatted(LoggedText.of(this.key), this.when);
	}

}
