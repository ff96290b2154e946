/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.inspection;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One process in the queue of a lock in Redis. The callers that wait behind it in the
 * same process are not seen there.
 *
 * @param ownerToken the owner token under which it will get the lock; {@code null} if
 * what stands there is none, and something else than this library has written it
 * @param instance label of the process; {@code null} as the owner token is
 * @param since when it came, by the server's clock
 * @param waited how long ago that was
 * @param live whether it may still get the lock; if not, its own timeout has passed, and
 * the next one who looks removes it
 * @since 0.1.0
 */
public record QueuedSnapshot(@Nullable String ownerToken, @Nullable String instance, Instant since, Duration waited,
		boolean live) {

}
