/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.inspection;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the whole fleet knows of one lock, read from Redis at one moment.
 *
 * @param key which lock
 * @param held whether somebody holds it
 * @param ownerToken the value that proves the holder's acquisition, a right to release;
 * {@code null} if nobody holds it, or it is no client of this library
 * @param instance label of the holder's process; {@code null} as the owner token is
 * @param remaining how long Redis keeps the lock if it is not renewed; {@code null} if
 * nobody holds it, or it has no end
 * @param lastFencingToken the highest fencing token that has been given or is kept free
 * for the holder's process; {@code null} if Redis has forgotten it
 * @param value what the lock holds in the protocol {@code getset}: the Unix time in
 * seconds at which it expires; {@code null} in the protocol {@code queue}
 * @param waiters how many processes stand in the queue in Redis; always zero in the
 * protocol {@code getset}, which has no queue
 * @param queue the first hundred of them, in their order
 * @since 0.1.0
 */
public record LockSnapshot(String key, boolean held, @Nullable String ownerToken, @Nullable String instance,
		@Nullable Duration remaining, @Nullable Long lastFencingToken, @Nullable String value, long waiters,
		List<QueuedSnapshot> queue) {

	/**
	 * Returns what there is of a lock that Redis does not know.
	 * @param key which lock
	 * @return a free lock
	 */
	public static LockSnapshot free(String key) {
		return new LockSnapshot(key, false, null, null, null, null, null, 0, List.of());
	}

}
