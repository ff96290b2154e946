/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.annotation;

import io.github.redislocked.LockNotAcquiredException;

/**
 * What becomes of a call that did not get its lock within its timeout.
 *
 * @since 0.1.0
 * @see RedisLocked#onTimeout()
 */
public enum OnTimeout {

	/**
	 * The caller receives a {@link LockNotAcquiredException}. The default.
	 */
	THROW,

	/**
	 * The method is left out. The caller receives {@code null}, or an empty
	 * {@link java.util.Optional} (also {@code OptionalInt}, {@code OptionalLong},
	 * {@code OptionalDouble}) where the method returns one, a completed stage of
	 * {@code null}, or an empty publisher.
	 */
	SKIP

}
