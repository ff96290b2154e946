/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store;

import io.github.redislocked.inspection.LockPage;
import io.github.redislocked.inspection.LockSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What operators ask a store, by a thread that waits for the answer.
 *
 * @since 0.1.0
 */
public interface LockInspection {

	/**
	 * Says what there is of a lock, and changes nothing.
	 * @param key what is locked, as the user names it
	 * @return what there is
	 * @throws io.github.redislocked.LockStoreException if the store cannot say
	 */
	LockSnapshot inspect(String key);

	/**
	 * Lists a part of the locks that are held, whoever holds them, and changes nothing.
	 * @param cursor the {@link LockPage#nextCursor() nextCursor} of the part before;
	 * {@code null} for the first one
	 * @param limit how many locks to look at, which bounds the work, too; at least one
	 * @return the locks, and where the next part begins
	 * @throws io.github.redislocked.LockStoreException if the store cannot say; its key
	 * is empty
	 * @throws IllegalArgumentException if the cursor is none of this store's, or can be
	 * used no longer
	 */
	LockPage list(@Nullable String cursor, int limit);

	/**
	 * Takes the lock away from its holder, for the next waiter if there is one. The token
	 * is closed as one that has lost its lock: its renewal and its release are answered
	 * {@code NOT_OWNED}, and it never owns the lock again. May be repeated, with the
	 * effect of once.
	 * @param key what is locked, as the user names it
	 * @param token the owner token of the holder
	 * @return {@link ReleaseAnswer#RELEASED} if it held the lock until now,
	 * {@link ReleaseAnswer#ALREADY_CLOSED} if it has ended before, otherwise
	 * {@link ReleaseAnswer#NOT_OWNED}
	 * @throws io.github.redislocked.LockStoreException if the store could not be told
	 */
	ReleaseAnswer forceRelease(String key, OwnerToken token);

}
