/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.history;

import java.nio.ByteBuffer;

/**
 * One operation, while it is recorded: a row of a {@link Recorder}'s file.
 */
public final class Recording {

	private static final Outcome[] OUTCOMES = Outcome.values();

	private final ByteBuffer file;

	private final int offset;

	Recording(ByteBuffer file, int offset) {
		this.file = file;
		this.offset = offset;
	}

	void begin(int key, long expire, boolean renewed, long timeout) {
		set(Field.KEY, key);
		set(Field.EXPIRE, renewed ? -expire : expire);
		set(Field.TIMEOUT, timeout);
		set(Field.INVOKED_AT, System.nanoTime());
	}

	/**
	 * Tells that the caller has its answer, and no lease.
	 * @param outcome the answer
	 */
	public void answered(Outcome outcome) {
		set(Field.OUTCOME, outcome.ordinal());
		set(Field.ANSWERED_AT, System.nanoTime());
	}

	/**
	 * Tells that the caller has a lease.
	 * @param answeredAt since when
	 * @param fence fencing token
	 * @param sequence sequence number of the owner token
	 * @param heldUntil until when it is held, as the lease says
	 */
	public void granted(long answeredAt, long fence, long sequence, long heldUntil) {
		set(Field.FENCE, fence);
		set(Field.SEQUENCE, sequence);
		set(Field.HELD_UNTIL, heldUntil);
		set(Field.ANSWERED_AT, answeredAt);
		set(Field.OUTCOME, Outcome.GRANTED.ordinal());
	}

	/**
	 * Tells until when the lock is held, as the lease says.
	 * @param until the moment
	 */
	public void heldUntil(long until) {
		set(Field.HELD_UNTIL, until);
	}

	/**
	 * Tells that the counter is being read.
	 */
	public void reading() {
		set(Field.READ_AT, System.nanoTime());
	}

	/**
	 * Tells what the counter was.
	 * @param value its value
	 */
	public void read(long value) {
		set(Field.READ, value);
	}

	/**
	 * Tells that the counter has been written.
	 */
	public void wrote() {
		set(Field.WROTE_AT, System.nanoTime());
	}

	/**
	 * Tells what the register said.
	 * @param offeredAt when it was written to, or a little earlier
	 * @param accepted whether it accepted that
	 */
	public void offered(long offeredAt, boolean accepted) {
		set(Field.OFFERED_AT, accepted ? offeredAt : -offeredAt);
	}

	/**
	 * Tells that the lease is being closed.
	 */
	public void ending() {
		set(Field.END_INVOKED_AT, System.nanoTime());
	}

	/**
	 * Tells that closing the lease has returned.
	 * @param end how
	 */
	public void ended(End end) {
		set(Field.END_ANSWERED_AT, (end == End.LOST) ? -System.nanoTime() : System.nanoTime());
	}

	/**
	 * Tells that the holder was told of a loss.
	 */
	public void lostTold() {
		set(Field.LOST_TOLD_AT, System.nanoTime());
	}

	boolean isUsed() {
		return get(Field.INVOKED_AT) != 0;
	}

	Operation toOperation(int process) {
		long expire = get(Field.EXPIRE);
		long offered = get(Field.OFFERED_AT);
		long ended = get(Field.END_ANSWERED_AT);
		End end = (ended == 0) ? End.OPEN : (ended > 0) ? End.RELEASED : End.LOST;
		return new Operation(process, (int) get(Field.KEY), Math.abs(expire), expire < 0, get(Field.TIMEOUT),
				get(Field.INVOKED_AT), get(Field.ANSWERED_AT), OUTCOMES[(int) get(Field.OUTCOME)], get(Field.FENCE),
				get(Field.SEQUENCE), get(Field.HELD_UNTIL), get(Field.READ), get(Field.READ_AT), get(Field.WROTE_AT),
				Math.abs(offered), offered > 0, get(Field.END_INVOKED_AT), Math.abs(ended), end,
				get(Field.LOST_TOLD_AT));
	}

	private void set(Field field, long value) {
		Recorder.LONGS.setRelease(this.file, this.offset + field.ordinal() * Long.BYTES, value);
	}

	private long get(Field field) {
		return (long) Recorder.LONGS.getAcquire(this.file, this.offset + field.ordinal() * Long.BYTES);
	}

	private enum Field {

		INVOKED_AT, KEY, EXPIRE, TIMEOUT, ANSWERED_AT, OUTCOME, FENCE, SEQUENCE, HELD_UNTIL, READ, READ_AT, WROTE_AT,
		OFFERED_AT, END_INVOKED_AT, END_ANSWERED_AT, LOST_TOLD_AT

	}

}
