/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.github.redislocked.LockLostException;
import io.github.redislocked.store.ReleaseAnswer;
import org.jspecify.annotations.Nullable;

/**
 * One acquisition that succeeded: its tokens, its end, and its release. The
 * {@linkplain HeldLease leases} that callers work with share it; the last of them to
 * close releases it.
 */
final class HeldLock {

	private final Parts parts;

	private final Terms terms;

	private final Grant grant;

	private final LocalQueues<Acquisition, Inheritance>.Turn turn;

	private final LockNotices notices;

	private final LeaseWatch watch;

	private final LockRelease release;

	private final List<LossCallbacks> leases = new ArrayList<>(1);

	private volatile State state = State.HELD;

	private volatile long deadline;

	private volatile @Nullable Loss loss;

	HeldLock(Parts parts, Acquisition caller, Grant grant) {
		this.parts = parts;
		this.terms = caller.terms();
		this.grant = grant;
		this.turn = caller.turn();
		this.deadline = grant.deadline();
		this.notices = new LockNotices(parts, this.terms, grant, caller.entered(grant));
		this.release = new LockRelease(this, this.notices, this::over);
		this.watch = new LeaseWatch(this, this.release, this.notices);
		this.turn.holder(grant.token().toString());
		parts.active().held(grant.token());
		parts.held().add(this);
		this.watch.start();
	}

	// Opens one more lease; there is none if the lock is not held any longer.
	@Nullable HeldLease lease() {
		boolean held = isHeld();
		synchronized (this) {
			if (!held || this.state != State.HELD) {
				return null;
			}
			HeldLease lease = new HeldLease(this);
			this.leases.add(lease.callbacks());
			return lease;
		}
	}

	synchronized boolean isShared() {
		return this.leases.size() > 1;
	}

	// By every holder, as by the end of the thread that had it.
	synchronized boolean isForgotten() {
		return !this.leases.isEmpty() && this.leases.stream().allMatch(LossCallbacks::isForgotten);
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

	LockRelease release() {
		return this.release;
	}

	synchronized List<LossCallbacks> holders() {
		return List.copyOf(this.leases);
	}

	Acquisition caller() {
		return this.turn.caller();
	}

	HandOver handOver() {
		return new HandOver(this, this.turn);
	}

	LeaseWatch watch() {
		return this.watch;
	}

	boolean isHeld() {
		return remainingNanos() > 0;
	}

	// Zero if the lock is not held. A lease that has run out is lost from the moment that
	// somebody looks, or its watch.
	long remainingNanos() {
		long end = this.deadline;
		if (this.state == State.HELD && end - this.parts.now() <= 0) {
			lose(end, Loss.RAN_OUT);
		}
		return (this.state == State.HELD) ? Math.max(0, this.deadline - this.parts.now()) : 0;
	}

	long deadline() {
		return this.deadline;
	}

	// Notes that the store has confirmed a later end.
	synchronized void extend(long until) {
		if (this.state == State.HELD && until - this.deadline > 0) {
			this.deadline = until;
		}
		else if (this.state == State.LOST) {
			// Redis keeps the lock for a holder that has been told that it is lost.
			this.release.later();
		}
	}

	/**
	 * Ends the lock as lost, unless it has ended before, and tells its holders.
	 * @param at when it was lost, on the monotonic clock
	 * @param reason how that is known
	 */
	void lose(long at, String reason) {
		List<LossCallbacks> holders;
		Loss found = new Loss(at, reason);
		synchronized (this) {
			// It may have been renewed since somebody saw it run out.
			if (this.state != State.HELD || (reason.equals(Loss.RAN_OUT) && this.deadline - at > 0)) {
				return;
			}
			this.loss = found;
			this.state = State.LOST;
			holders = List.copyOf(this.leases);
		}
		this.watch.stop();
		over();
		this.notices.lost(found);
		holders.forEach(LossCallbacks::tellLost);
	}

	/**
	 * Notes that one lease is closed.
	 * @param lease the lease, which has not been closed before
	 * @return whether it was the last, and is to be {@linkplain #released released}
	 * @throws LockLostException if the lock was lost
	 */
	boolean ends(HeldLease lease) {
		boolean held = isHeld();
		boolean last;
		boolean lost;
		synchronized (this) {
			this.leases.remove(lease.callbacks());
			last = this.leases.isEmpty();
			lost = !held || this.state == State.LOST;
			this.state = (last && !lost) ? State.CLOSED : this.state;
		}
		if (lost && last) {
			// It may still be there, or come back by a command that was late.
			this.release.later();
		}
		if (lost) {
			throw lost();
		}
		if (last) {
			this.watch.stop();
			this.notices.released();
		}
		return last;
	}

	void released(HeldLease lease, @Nullable ReleaseAnswer answer) {
		if (answer == ReleaseAnswer.NOT_OWNED) {
			Loss found = new Loss(this.parts.now(), Loss.AT_RELEASE);
			this.loss = found;
			this.notices.lostAtRelease(found);
			lease.callbacks().tellLost();
			throw lost();
		}
	}

	// Closes a lease that nobody has worked under, without waiting for Redis.
	void leave(HeldLease lease) {
		synchronized (this) {
			if (!this.leases.remove(lease.callbacks()) || !this.leases.isEmpty()) {
				return;
			}
			this.state = (this.state == State.HELD) ? State.CLOSED : this.state;
		}
		this.watch.stop();
		if (this.state == State.CLOSED) {
			this.notices.released();
		}
		this.release.later();
	}

	// Releases the lock from under its holders, who learn that it is lost.
	void evict(String reason) {
		lose(this.parts.now(), reason);
		this.release.later();
	}

	LockLostException lost() {
		Loss known = Objects.requireNonNull(this.loss, "The lock is not lost");
		return known.toException(this.terms.key(), this.parts.now());
	}

	boolean isLost() {
		return this.state == State.LOST;
	}

	private void over() {
		this.parts.active().closed(this.grant.token());
		this.parts.held().remove(this);
		this.turn.pass();
	}

	private enum State {

		HELD, CLOSED, LOST

	}

}
