/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.history;

/**
 * One attempt to take a lock, and what followed. Times are of the monotonic clock in
 * nanoseconds, zero for what has not happened.
 *
 * @param process number of the process
 * @param key number of the key
 * @param expire lease time
 * @param renewed whether the lease is renewed
 * @param timeout wait budget
 * @param invokedAt when the caller asked
 * @param answeredAt when it had its answer
 * @param outcome the answer
 * @param fence fencing token
 * @param sequence sequence number of the owner token
 * @param heldUntil until when the lease said that it is held, when last asked
 * @param read what the counter was
 * @param readAt when that was read, or a little earlier
 * @param wroteAt when the counter had been written
 * @param offeredAt when the fenced register was written to, or a little earlier
 * @param accepted whether the register accepted that
 * @param endInvokedAt when the caller closed the lease
 * @param endAnsweredAt when that returned
 * @param end what it answered
 * @param lostToldAt when the holder was told that it had lost the lock
 */
public record Operation(int process, int key, long expire, boolean renewed, long timeout, long invokedAt,
		long answeredAt, Outcome outcome, long fence, long sequence, long heldUntil, long read, long readAt,
		long wroteAt, long offeredAt, boolean accepted, long endInvokedAt, long endAnsweredAt, End end,
		long lostToldAt) {

	/**
	 * Tells whether a lease was granted.
	 * @return whether it was
	 */
	public boolean isGranted() {
		return this.outcome == Outcome.GRANTED;
	}

	/**
	 * Returns until when the holder could rely on its lease, as far as is known.
	 * @return the end of the interval in which nobody else may hold the lock
	 */
	public long reliedUntil() {
		long end = this.heldUntil;
		if (this.endInvokedAt != 0) {
			end = Math.min(end, this.endInvokedAt);
		}
		return (this.lostToldAt != 0) ? Math.min(end, this.lostToldAt) : end;
	}

	/**
	 * Tells whether the counter was written after the lease had ended, as far as is
	 * known.
	 * @return whether the write was late
	 */
	public boolean hasOverrun() {
		return this.wroteAt > reliedUntil();
	}

	/**
	 * Tells whether this is known to have happened after another answer.
	 * @param other the other operation
	 * @return whether this caller asked when the other had its lease
	 */
	public boolean isAfter(Operation other) {
		return this.invokedAt > other.answeredAt;
	}

	@Override
	public String toString() {
		return "lease %d of process %d (token %d, %s%d ms, invoked %d, answered %d, held until %d, closed %d-%d %s, lost told %d, wrote %d at %d)"
			.formatted(this.fence, this.process, this.sequence, this.renewed ? "renewed " : "", this.expire / 1_000_000,
					this.invokedAt, this.answeredAt, this.heldUntil, this.endInvokedAt, this.endAnsweredAt, this.end,
					this.lostToldAt, this.read + 1, this.wroteAt);
	}

}
