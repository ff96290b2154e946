/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.concurrent.CompletionStage;

import io.github.redislocked.store.AcquireAnswer;
import io.github.redislocked.store.LockCommands;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.ReleaseAnswer;
import org.jspecify.annotations.Nullable;

/**
 * What one caller leaves to the next one of its process: the lock itself, or an attempt
 * to get it, which is made by the command that gives the lock up.
 */
final class Inheritance {

	private final LocalQueues<Acquisition, Inheritance>.Turn heir;

	private final OwnerToken token;

	private final @Nullable Grant grant;

	private final @Nullable Tenure kept;

	private volatile @Nullable Attempt attempt;

	private Inheritance(LocalQueues<Acquisition, Inheritance>.Turn heir, OwnerToken token, @Nullable Grant grant,
			@Nullable Tenure kept) {
		this.heir = heir;
		this.token = token;
		this.grant = grant;
		this.kept = kept;
	}

	/**
	 * Leaves the lock itself.
	 * @param heir the turn of the next caller
	 * @param grant what it is given
	 * @return the inheritance
	 */
	static Inheritance ofLock(LocalQueues<Acquisition, Inheritance>.Turn heir, Grant grant) {
		return new Inheritance(heir, grant.token(), grant, null);
	}

	/**
	 * Leaves an attempt, which is {@linkplain #attempt yet to be made}.
	 * @param heir the turn of the next caller
	 * @param token its owner token
	 * @param kept how long the process may go on keeping the lock to itself, if it keeps
	 * it for now, although others may wait; {@code null} if they come first
	 * @return the inheritance
	 */
	static Inheritance ofAttempt(LocalQueues<Acquisition, Inheritance>.Turn heir, OwnerToken token,
			@Nullable Tenure kept) {
		return new Inheritance(heir, token, null, kept);
	}

	OwnerToken token() {
		return this.token;
	}

	/**
	 * Returns the lock, if it is that.
	 * @return the grant, or {@code null} if it is an attempt
	 */
	@Nullable Grant grant() {
		return this.grant;
	}

	@Nullable Tenure kept() {
		return this.kept;
	}

	/**
	 * Returns how the attempt ended.
	 * @return the attempt, or {@code null} if it failed, or could not be made
	 */
	@Nullable Attempt attempt() {
		return this.attempt;
	}

	/**
	 * Makes the attempt, and tells the heir. If it fails, the heir asks by itself: what
	 * has hindered this thread, an interrupt for one, need not hinder the heir.
	 * @param commands how the store is asked
	 * @param former the owner token that gives the lock up
	 * @param sentAt the monotonic clock
	 * @return what became of that token
	 */
	CompletionStage<ReleaseAnswer> attempt(LockCommands commands, OwnerToken former, long sentAt) {
		return commands.yield(former, this.heir.caller().request(this.token), this.kept != null).thenApply((answer) -> {
			AcquireAnswer acquired = answer.acquired();
			if (acquired != null) {
				this.attempt = new Attempt(sentAt, acquired);
			}
			return answer.released();
		}).whenComplete((answer, failure) -> tellHeir());
	}

	/**
	 * Tells the heir that it may go on.
	 */
	void tellHeir() {
		this.heir.ready();
	}

	/**
	 * An attempt that was made for the heir.
	 *
	 * @param sentAt when it was sent, on the monotonic clock
	 * @param answer the store's answer
	 */
	record Attempt(long sentAt, AcquireAnswer answer) {

	}

}
