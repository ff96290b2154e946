/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.redislocked.store.OwnerToken;

/**
 * How a contender ends that has not got the lock: its token is closed, and its place in
 * the local queue is passed on only then.
 */
final class Resignation {

	private final Parts parts;

	private final Acquisition caller;

	private boolean underWay;

	Resignation(Parts parts, Acquisition caller) {
		this.parts = parts;
		this.caller = caller;
	}

	boolean isUnderWay() {
		return this.underWay;
	}

	/**
	 * Gives up by a command of the caller's, so that nothing is left when it returns.
	 * @param token the owner token
	 * @param failure what the caller is told
	 * @param <T> type of what the caller has not got
	 * @return a stage of the failure
	 */
	<T> CompletionStage<T> now(OwnerToken token, Throwable failure) {
		return Repeat.then(this.caller.commands().cancel(this.caller.terms().key(), token), (answer, cancelFailure) -> {
			if (cancelFailure != null) {
				return later(token, this.caller.budget().interrupted(cancelFailure) ? WaitBudget.interrupt() : failure);
			}
			return closed(token, failure);
		});
	}

	/**
	 * Gives up at once; the token is closed in the background.
	 * @param token the owner token
	 * @param failure what the caller is told
	 * @param <T> type of what the caller has not got
	 * @return a stage of the failure
	 */
	<T> CompletionStage<T> later(OwnerToken token, Throwable failure) {
		this.underWay = true;
		Terms terms = this.caller.terms();
		long end = this.parts.now() + terms.timeout().toNanos() + terms.expire().toNanos();
		this.parts.closings()
			.repeat(terms.key(), () -> this.parts.background().cancel(terms.key(), token),
					(hopeless) -> hopeless && this.parts.now() - end > 0, (answer) -> over(token));
		return CompletableFuture.failedStage(failure);
	}

	/**
	 * Gives up with a token that is closed already.
	 * @param token the owner token
	 * @param failure what the caller is told
	 * @param <T> type of what the caller has not got
	 * @return a stage of the failure
	 */
	<T> CompletionStage<T> closed(OwnerToken token, Throwable failure) {
		this.underWay = true;
		over(token);
		return CompletableFuture.failedStage(failure);
	}

	private void over(OwnerToken token) {
		this.parts.active().closed(token);
		this.caller.turn().pass();
	}

}
