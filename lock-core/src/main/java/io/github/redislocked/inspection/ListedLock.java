/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.inspection;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * One lock in a listing of those that are held in the fleet: what one needs at a glance.
 * {@link LockInspector#inspect(String)} says more of it.
 *
 * @param key which lock
 * @param ownerToken the value that proves the holder's acquisition, a right to release;
 * {@code null} if the holder is no client of this library
 * @param instance label of the holder's process; {@code null} as the owner token is
 * @param remaining how long Redis keeps the lock if it is not renewed; {@code null} if it
 * has no end
 * @param lastFencingToken the highest fencing token that has been given or is kept free
 * for the holder's process; {@code null} if Redis has forgotten it
 * @param waiters how many processes stand in the queue in Redis; always zero in the
 * protocol {@code getset}, which has no queue
 * @since 0.1.0
 */
public record ListedLock(String key, @Nullable String ownerToken, @Nullable String instance,
		@Nullable Duration remaining, @Nullable Long lastFencingToken, long waiters) {

}
