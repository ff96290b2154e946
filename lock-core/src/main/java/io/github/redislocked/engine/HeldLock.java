/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.redislocked.LockLostException;
import io.github.redislocked.store.ReleaseAnswer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * One acquisition that succeeded: its tokens, its end, and its release. The
 * {@linkplain HeldLease leases} that callers work with share it; the last of them to
 * close releases it.
 */
final class HeldLock {

	private static final Log logger = LogFactory.getLog(HeldLock.class);

	private final Parts parts;

	private final Terms terms;

	private final Grant grant;

	private final LocalQueues.Turn turn;

	private final LeaseWatch watch;

	private final List<HeldLease> leases = new ArrayList<>(1);

	private volatile State state = State.HELD;

	private volatile long deadline;

	private volatile @Nullable Loss loss;

	/**
	 * Takes over from an acquisition.
	 * @param parts what the engine shares
	 * @param terms the terms of the acquisition
	 * @param grant what the store gave
	 * @param turn the place in the local queue, passed on when the lock is over
	 */
	HeldLock(Parts parts, Terms terms, Grant grant, LocalQueues.Turn turn) {
		this.parts = parts;
		this.terms = terms;
		this.grant = grant;
		this.turn = turn;
		this.deadline = grant.deadline();
		this.watch = new LeaseWatch(parts, terms, grant, this);
		turn.holder(grant.token().toString());
		parts.active().held(grant.token());
		parts.held().add(this);
		this.watch.start();
	}

	/**
	 * Opens one more lease on this lock.
	 * @return the lease, or {@code null} if the lock is not held any longer
	 */
	@Nullable HeldLease lease() {
		if (!isHeld()) {
			return null;
		}
		synchronized (this) {
			if (this.state != State.HELD) {
				return null;
			}
			HeldLease lease = new HeldLease(this);
			this.leases.add(lease);
			return lease;
		}
	}

	synchronized boolean isShared() {
		return this.leases.size() > 1;
	}

	Parts parts() {
		return this.parts;
	}

	Terms terms() {
		return this.terms;
	}

	Grant grant() {
		return this.grant;
	}

	LeaseWatch watch() {
		return this.watch;
	}

	boolean isHeld() {
		return remainingNanos() > 0;
	}

	/**
	 * Returns how long the lease may be relied on. A lease that has run out is lost from
	 * the moment somebody looks, or its watch does.
	 * @return the time, zero if the lock is not held
	 */
	long remainingNanos() {
		if (this.state != State.HELD) {
			return 0;
		}
		long end = this.deadline;
		long remaining = end - this.parts.now();
		if (remaining > 0) {
			return remaining;
		}
		lose(end, "its lease ran out before it was released");
		return 0;
	}

	long deadline() {
		return this.deadline;
	}

	/**
	 * Notes that the store has confirmed a later end. A lease that has run out meanwhile
	 * stays lost.
	 * @param until the new deadline
	 */
	synchronized void extend(long until) {
		if (this.state == State.HELD && this.deadline - this.parts.now() > 0 && until - this.deadline > 0) {
			this.deadline = until;
		}
	}

	/**
	 * Ends the lock as lost, unless it has ended before, and tells its holders.
	 * @param at when it was lost, on the monotonic clock
	 * @param reason how that is known
	 */
	void lose(long at, String reason) {
		List<HeldLease> holders;
		synchronized (this) {
			if (this.state != State.HELD) {
				return;
			}
			this.loss = new Loss(at, reason);
			this.state = State.LOST;
			holders = List.copyOf(this.leases);
		}
		this.watch.stop();
		over();
		logger.warn("A lock was lost: " + reason);
		if (logger.isDebugEnabled()) {
			logger.debug("Lost lock '%s' of %s".formatted(this.terms.key(), this.grant.token()));
		}
		holders.forEach(HeldLease::tellLost);
	}

	/**
	 * Closes one lease, and releases the lock with the last of them.
	 * @param lease the lease, which has not been closed before
	 * @throws LockLostException if the lock was lost
	 */
	void close(HeldLease lease) {
		boolean held = isHeld();
		synchronized (this) {
			this.leases.remove(lease);
			if (!held || this.state == State.LOST) {
				throw lost();
			}
			if (!this.leases.isEmpty() || this.state == State.CLOSED) {
				return;
			}
			this.state = State.CLOSED;
		}
		this.watch.stop();
		if (release() == ReleaseAnswer.NOT_OWNED) {
			this.loss = new Loss(this.parts.now(), "Redis did not know the lease any longer when it was released");
			throw lost();
		}
	}

	/**
	 * Closes a lease, whether the lock was lost or not.
	 * @param lease the lease
	 */
	void leave(HeldLease lease) {
		try {
			lease.close();
		}
		catch (LockLostException ex) {
			logger.debug("A lease was lost before it was used", ex);
		}
	}

	/**
	 * Releases the lock from under its holders, who learn that it is lost.
	 * @param reason why
	 */
	void evict(String reason) {
		lose(this.parts.now(), reason);
		release();
	}

	LockLostException lost() {
		Loss known = this.loss;
		if (known == null) {
			throw new IllegalStateException("The lock is not lost");
		}
		return new LockLostException(this.terms.key(), Duration.ofNanos(this.parts.now() - known.at()), known.reason());
	}

	boolean isLost() {
		return this.state == State.LOST;
	}

	private @Nullable ReleaseAnswer release() {
		return this.parts.closings()
			.now(this.terms.key(), () -> this.parts.store().release(this.terms.key(), this.grant.token()),
					() -> this.parts.now() - this.deadline > 0, this::over);
	}

	private void over() {
		this.parts.active().closed(this.grant.token());
		this.parts.held().remove(this);
		this.turn.pass();
	}

	private enum State {

		HELD, CLOSED, LOST

	}

	private record Loss(long at, String reason) {

	}

}
