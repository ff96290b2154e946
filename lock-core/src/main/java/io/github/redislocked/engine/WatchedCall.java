/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.LeaseAcquired;
import io.github.redislocked.LockNotAcquired;
import io.github.redislocked.LockNotAcquired.Reason;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockObserver;
import io.github.redislocked.LockStoreException;
import io.github.redislocked.LoggedText;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * One call for a lock, as somebody beside the caller sees it: observers, listeners who
 * have asked for it, and the log at {@code DEBUG}. Where there is none of them, there is
 * no such object.
 */
final class WatchedCall {

	private static final Log logger = LogFactory.getLog(WatchedCall.class);

	private final Parts parts;

	private final String key;

	private final @Nullable String name;

	private final long begun;

	private final LockObserver.@Nullable Wait wait;

	private WatchedCall(Parts parts, String key, @Nullable String name) {
		this.parts = parts;
		this.key = key;
		this.name = name;
		LockObserver observer = parts.observer();
		this.wait = (observer != null) ? observer.begin(key, name) : null;
		this.begun = parts.now();
	}

	/**
	 * Begins to watch, if anybody does.
	 * @param parts what the engine shares
	 * @param key the key asked for
	 * @param name what kind of lock
	 * @return the call, or {@code null} if nobody watches
	 */
	static @Nullable WatchedCall begin(Parts parts, String key, @Nullable String name) {
		return (parts.observer() != null || parts.events().areFrequentWanted() || logger.isDebugEnabled())
				? new WatchedCall(parts, key, name) : null;
	}

	/**
	 * The caller has the lock.
	 * @param grant what it was given
	 * @return the lease, from now on
	 */
	WatchedHold acquired(Grant grant) {
		LockObserver.Hold hold = (this.wait != null) ? this.wait.acquired(grant.fencingToken(), grant.origin()) : null;
		long now = this.parts.now();
		if (this.parts.events().wants(LeaseAcquired.class)) {
			Duration waited = Duration.ofNanos(now - this.begun);
			this.parts.events()
				.publish(() -> new LeaseAcquired(this.key, this.name, grant.token().toString(), grant.fencingToken(),
						waited, grant.origin()));
		}
		if (logger.isDebugEnabled()) {
			logger.debug("%s '%s' was acquired after %d ms, with fencing token %d (%s)".formatted(subject(),
					LoggedText.of(this.key), TimeUnit.NANOSECONDS.toMillis(now - this.begun), grant.fencingToken(),
					grant.origin()));
		}
		return new WatchedHold(this.parts, hold, now);
	}

	/**
	 * The store has answered that somebody else has the lock.
	 */
	void refused() {
		if (this.wait != null) {
			this.wait.refused();
		}
	}

	/**
	 * A command has failed.
	 * @param failure how
	 */
	void troubled(LockStoreException failure) {
		if (this.wait != null) {
			this.wait.troubled(failure);
		}
	}

	/**
	 * The caller has had the lock before.
	 * @param failure why it is not shared, or {@code null} if it is
	 */
	void shared(@Nullable Throwable failure) {
		if (failure != null) {
			failed(failure, false);
		}
		else if (this.wait != null) {
			this.wait.shared();
		}
	}

	/**
	 * The caller has no lock.
	 * @param thrown what it is told
	 * @param cancelled whether it had gone before
	 */
	void failed(Throwable thrown, boolean cancelled) {
		Throwable failure = Repeat.unwrap(thrown);
		Reason reason = cancelled ? Reason.CANCELLED : reasonOf(failure);
		if (this.wait != null) {
			this.wait.failed(reason, failure);
		}
		Duration waited = Duration.ofNanos(this.parts.now() - this.begun);
		if (this.parts.events().wants(LockNotAcquired.class)) {
			String holder = (failure instanceof LockNotAcquiredException refusal) ? refusal.holder().orElse(null)
					: null;
			this.parts.events().publish(() -> new LockNotAcquired(this.key, this.name, waited, holder, reason));
		}
		if (logger.isDebugEnabled()) {
			logger.debug("%s '%s' was not acquired within %d ms (%s)".formatted(subject(), LoggedText.of(this.key),
					waited.toMillis(), reason));
		}
	}

	private static Reason reasonOf(Throwable failure) {
		if (failure instanceof InterruptedException || failure instanceof CancellationException) {
			return Reason.CANCELLED;
		}
		return (failure instanceof LockNotAcquiredException) ? Reason.TIMEOUT : Reason.FAILURE;
	}

	private String subject() {
		return (this.name != null) ? "Lock of " + LoggedText.of(this.name) : "Lock";
	}

}
