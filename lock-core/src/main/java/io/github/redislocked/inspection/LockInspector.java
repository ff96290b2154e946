/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.inspection;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Shows an operator who holds which lock and who waits for it, in this process and in the
 * whole fleet, and can take a lock away. It is a bean beside
 * {@link io.github.redislocked.LockTemplate}.
 * <p>
 * What it says is a snapshot: it may be out of date when it is read. Looking changes
 * nothing, and holds up nobody.
 *
 * @since 0.1.0
 */
public interface LockInspector {

	/**
	 * Returns what this process holds, without asking Redis.
	 * @return the leases, by key
	 */
	List<LeaseSnapshot> held();

	/**
	 * Returns who waits in this process, without asking Redis.
	 * @return the waiters, by key, and those of one key in the order in which they will
	 * get it
	 */
	List<WaiterSnapshot> waiting();

	/**
	 * Asks Redis about one lock.
	 * @param key what is locked, as the user names it
	 * @return what the fleet knows of it
	 * @throws io.github.redislocked.LockStoreException if Redis cannot say
	 * @throws IllegalArgumentException if there can be no such key
	 */
	LockSnapshot inspect(String key);

	/**
	 * Lists the locks that the fleet holds, part by part, from Redis. Each call looks at
	 * {@code limit} locks and some ten thousand Redis keys at most, a thousand in one go,
	 * and by {@code SCAN}: a lock that is held all the while is listed, perhaps more than
	 * once; one that comes or goes meanwhile may be missed, and so may those of a
	 * cluster's slots that are just moving. In a cluster all primaries are walked, one
	 * after the other. Any process may go on with a cursor, as long as no server is
	 * restarted or replaced.
	 * @param cursor the {@link LockPage#nextCursor() nextCursor} of the page before;
	 * {@code null} for the first one
	 * @param limit how many locks to look at, from 1 to {@value LockPage#MAX_LIMIT}; a
	 * page may have fewer or none, and a few more, since Redis gives its keys by the
	 * handful
	 * @return a page; it was the last one if it has no cursor
	 * @throws io.github.redislocked.LockStoreException if Redis cannot say, or its user
	 * may not {@code SCAN}, which only this needs; its key is empty
	 * @throws IllegalArgumentException if the limit is out of bounds, or the cursor is
	 * none, belongs to another Redis or prefix, or came before a server was restarted or
	 * replaced or a slot moved: begin again then
	 */
	LockPage list(@Nullable String cursor, int limit);

	/**
	 * Takes a lock away from its holder, and gives it to the next waiter. <b>The holder
	 * may still be working</b>: what it does from then on is not exclusive, and only a
	 * storage system that compares fencing tokens can refuse it. It learns that it has
	 * lost the lock at once if it is in this process, otherwise with its next renewal,
	 * within a third of its lease; if its lease is not renewed, when it has run out or is
	 * released. Publishes a {@link io.github.redislocked.LockForceReleased}, which a
	 * repeated call does again.
	 * @param key what is locked, as the user names it
	 * @param ownerToken the owner token of the holder that is meant, as
	 * {@link #inspect(String)} shows it
	 * @return {@code true} if that holder has lost the lock by this call, or by the same
	 * one before; {@code false} if it had given it up or lost it otherwise, or if its
	 * process has had the lock again and given it back since the call before: nothing has
	 * happened then
	 * @throws io.github.redislocked.LockStoreException if Redis could not be told, or its
	 * answer was lost; to repeat the call does no harm
	 * @throws IllegalArgumentException if the token is no owner token, or there can be no
	 * such key
	 */
	boolean forceRelease(String key, String ownerToken);

}
