/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked;

import java.io.Serial;
import java.time.Duration;
import java.time.Instant;

/**
 * A lease ended before its holder released it, so that another caller may have been
 * inside at the same time. What was written meanwhile is to be checked, or better guarded
 * by the {@linkplain Lease#fencingToken() fencing token}.
 *
 * @since 0.1.0
 */
public final class LockLostException extends LockException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final Instant since;

	/**
	 * Creates the exception.
	 * @param key the key of the lock
	 * @param ago how long ago the lease was lost, as far as this process can know
	 * @param reason how the loss was noticed, a clause that ends the message
	 */
	public LockLostException(String key, Duration ago, String reason) {
		super(key, "The lock was lost %d ms ago: %s".formatted(ago.toMillis(), reason), null);
		this.since = Instant.now().minus(ago);
	}

	/**
	 * Returns since when the lock is lost, as far as this process can know.
	 * @return the instant of the loss
	 */
	public Instant since() {
		return this.since;
	}

}
