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
 * One caller of this process that waits for a lock.
 *
 * @param key which lock
 * @param name what kind of lock it is, {@code Class.method} for annotated methods;
 * {@code null} if it has no name
 * @param since since when it waits, by this machine's clock
 * @param timeoutLeft how long it is still ready to wait
 * @param contending whether it stands in the queue in Redis, for this process; the others
 * stand behind it in this process, or behind a holder that is in this process
 * @since 0.1.0
 */
public record WaiterSnapshot(String key, @Nullable String name, Instant since, Duration timeoutLeft,
		boolean contending) {

	/**
	 * Creates a snapshot of this moment.
	 * @param key which lock
	 * @param name what kind of lock it is
	 * @param waited for how long it waits
	 * @param timeoutLeft how long it is still ready to wait
	 * @param contending whether it stands in the queue in Redis
	 */
	public WaiterSnapshot(String key, @Nullable String name, Duration waited, Duration timeoutLeft,
			boolean contending) {
		this(key, name, Instant.now().minus(waited), timeoutLeft, contending);
	}

}
