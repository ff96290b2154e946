/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.inspection;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A part of a listing of the fleet's locks. It may have no locks although the listing
 * goes on.
 *
 * @param locks the locks that were found, in no order
 * @param nextCursor where the listing goes on; {@code null} at its end
 * @since 0.1.0
 */
public record LockPage(List<ListedLock> locks, @Nullable String nextCursor) {

	/**
	 * How many locks can be asked for at most.
	 */
	public static final int MAX_LIMIT = 1000;

}
