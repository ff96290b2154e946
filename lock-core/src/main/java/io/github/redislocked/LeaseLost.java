/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A lease ended before its holder released it: what was done under it may not have been
 * exclusive.
 * <p>
 * Told once per acquisition, however many leases share it, as soon as anybody in this
 * process notices; {@link #noticed()} says who. A loss that is first seen by the release
 * after a commit is among them. So are leases that are released because the application
 * is closing while they are held.
 *
 * @param key which lock
 * @param name what kind of lock, or {@code null} for none
 * @param ownerToken the owner token of the acquisition
 * @param fencingToken the fencing token of the acquisition
 * @param when since when the lock is lost, as far as this process can know
 * @param reason how that is known, a clause
 * @param noticed who has found out, and so whether the holder could still react
 * @since 0.1.0
 */
public record LeaseLost(String key, @Nullable String name, String ownerToken, long fencingToken, Instant when,
		String reason, Noticed noticed) implements LeaseEvent {

	/**
	 * Creates an event of a loss some time ago.
	 * @param key which lock
	 * @param name what kind of lock, or {@code null} for none
	 * @param ownerToken the owner token of the acquisition
	 * @param fencingToken the fencing token of the acquisition
	 * @param ago how long ago the lock was lost
	 * @param reason how that is known, a clause
	 * @param noticed who has found out
	 */
	public LeaseLost(String key, @Nullable String name, String ownerToken, long fencingToken, Duration ago,
			String reason, Noticed noticed) {
		this(key, name, ownerToken, fencingToken, Instant.now().minus(ago), reason, noticed);
	}

	@Override
	public String toString() {
		return "LeaseLost[key=%s, name=%s, fencingToken=%d, when=%s, reason=%s, noticed=%s]".formatted(
				LoggedText.of(this.key), LoggedText.of(String.valueOf(this.name)), this.fencingToken, this.when,
				this.reason, this.noticed);
	}

	/**
	 * Who found out that a lease was lost.
	 */
	public enum Noticed {

		/**
		 * The process, before the lease was released: its callbacks are called, and its
		 * holder receives a {@link LockLostException} in the end.
		 */
		WHILE_HELD,

		/**
		 * The release. The holder has done its work, and receives a
		 * {@link LockLostException}; where a transaction has kept the lease, that has
		 * been committed or rolled back already, and only the log is told.
		 */
		BY_RELEASE,

		/**
		 * A release that had to be repeated in the background. The holder has gone, and
		 * believes that all was well.
		 */
		BY_REPEATED_RELEASE

	}

}
