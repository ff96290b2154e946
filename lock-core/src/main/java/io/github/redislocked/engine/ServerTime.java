/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.concurrent.TimeUnit;

import io.github.redislocked.LockOrigin;
import io.github.redislocked.store.WakeUp;
import org.jspecify.annotations.Nullable;

/**
 * What one contender knows of the store's clock: its reading in the last answer, and when
 * the command was sent that was answered so.
 */
final class ServerTime {

	private boolean known;

	private long sentAt;

	private long micros;

	/**
	 * Notes an answer.
	 * @param sentAt when its command was sent, on the monotonic clock
	 * @param micros the store's clock when it answered, in microseconds
	 */
	void answered(long sentAt, long micros) {
		this.known = true;
		this.sentAt = sentAt;
		this.micros = micros;
	}

	/**
	 * Tells how long a hand-over lasts, from what is certain: a command was answered, and
	 * so much later by the store's clock the lock was handed over. The end cannot be
	 * later than the claim time from now, whatever that clock did. Of a message that was
	 * read too late, by a process that had been frozen, the end is past.
	 * @param message the wake-up
	 * @param now the monotonic clock
	 * @param tenure how long the process may keep the lock to itself
	 * @return the grant, or {@code null} if no command has been answered yet: then
	 * nothing is certain
	 */
	@Nullable Grant claim(WakeUp message, long now, Tenure tenure) {
		if (!this.known) {
			return null;
		}
		long later = TimeUnit.MICROSECONDS.toNanos(message.storeMicros() - this.micros);
		long claim = message.claim().toNanos();
		long end = this.sentAt + Terms.withoutDrift(later + claim);
		long latest = now + Terms.withoutDrift(claim);
		long deadline = (end - latest < 0) ? end : latest;
		return new Grant(message.token(), message.fencingToken(), deadline - claim, deadline, deadline, true, tenure,
				LockOrigin.REMOTE);
	}

}
