/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;

import io.github.redislocked.LockOrigin;
import io.github.redislocked.store.AcquireAnswer;
import io.github.redislocked.store.OwnerToken;
import org.jspecify.annotations.Nullable;

/**
 * What an acquisition was given, by the store or by another caller of its process. Times
 * are readings of the monotonic clock.
 *
 * @param token the owner token
 * @param fencingToken the fencing token
 * @param since when the lease began, at the latest
 * @param deadline until when the lease may be relied on
 * @param mayLastUntil until when the store keeps the lock at least
 * @param claimed whether this is a hand-over, which lasts for the claim time only
 * @param tenure how long the process may keep the lock to itself
 * @param origin how the lock came to the caller
 */
record Grant(OwnerToken token, long fencingToken, long since, long deadline, long mayLastUntil, boolean claimed,
		Tenure tenure, LockOrigin origin) {

	/**
	 * Returns what the store has granted.
	 * @param token the owner token
	 * @param granted the store's answer
	 * @param sentAt when the command was sent
	 * @param left what the caller before it had left, if this is the answer to an attempt
	 * that was made for the caller; {@code null} if the caller has asked itself
	 * @param parts what the engine shares
	 * @return the grant
	 */
	static Grant of(OwnerToken token, AcquireAnswer.Granted granted, long sentAt, @Nullable Inheritance left,
			Parts parts) {
		long end = sentAt + Terms.withoutDrift(granted.lease().toNanos());
		Tenure kept = (left != null) ? left.kept() : null;
		return new Grant(token, granted.fencingToken(), sentAt, end, end, false,
				(kept != null) ? kept : Tenure.of(granted.reserved(), parts),
				(left != null) ? LockOrigin.LOCAL : LockOrigin.FREE);
	}

	/**
	 * Returns what the caller has when the store has given it the full lease time once
	 * more.
	 * @param sentAt when the command was sent
	 * @param until until when the lease may be relied on by that
	 * @param tenure how long the process may keep the lock to itself, from now on
	 * @return the grant, which never ends earlier than before
	 */
	Grant confirmed(long sentAt, long until, Tenure tenure) {
		long end = (until - this.deadline > 0) ? until : this.deadline;
		return new Grant(this.token, this.fencingToken, sentAt, end, end, false, tenure, this.origin);
	}

	/**
	 * Returns what the next caller of the process is given when the lock is passed on.
	 * @param expire the lease time it asked for
	 * @param confirmed until when the lease may be relied on by now
	 * @param mayLastUntil until when the store may keep the lock by now
	 * @return the grant: the next fencing token, the same end
	 */
	Grant passed(Duration expire, long confirmed, long mayLastUntil) {
		return new Grant(this.token, this.fencingToken + 1, confirmed - Terms.withoutDrift(expire.toNanos()), confirmed,
				mayLastUntil, false, this.tenure.passed(), LockOrigin.LOCAL);
	}

}
