/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.redislocked.LockStoreException;
import io.github.redislocked.store.LockCommands;
import org.jspecify.annotations.Nullable;

/**
 * One caller on its way to a lock: it queues among the callers of its process, and
 * {@linkplain Contender contends} in the store when its turn has come.
 */
final class Acquisition {

	private final Parts parts;

	private final LockCommands commands;

	private final Terms terms;

	private final WaitBudget budget;

	private final LocalQueues.Turn turn;

	/**
	 * Begins an acquisition; it takes its place in the local queue at once.
	 * @param parts what the engine shares
	 * @param commands the commands, as callers of this kind speak to it
	 * @param terms the terms asked for
	 * @param parking how the caller waits
	 */
	Acquisition(Parts parts, LockCommands commands, Terms terms, Parking parking) {
		this.parts = parts;
		this.commands = commands;
		this.terms = terms;
		this.budget = new WaitBudget(terms, parts.clock(), parking);
		this.turn = parts.queues().join(terms.key());
	}

	WaitBudget budget() {
		return this.budget;
	}

	/**
	 * Goes for the lock.
	 * @return the lock, or the failure:
	 * {@link io.github.redislocked.LockNotAcquiredException}, {@link LockStoreException}
	 * or {@link InterruptedException}
	 */
	CompletableFuture<HeldLock> run() {
		if (this.turn.reached().isDone()) {
			return contend();
		}
		return Repeat.untilPresent(this::queue).thenCompose((reached) -> contend());
	}

	/**
	 * Ends the wait; the caller fails with a
	 * {@link io.github.redislocked.LockNotAcquiredException}.
	 * @param reason why, a clause
	 */
	void abandon(String reason) {
		this.budget.abandon(reason);
	}

	private CompletableFuture<HeldLock> contend() {
		return new Contender(this.parts, this.commands, this.terms, this.budget, this.turn).run();
	}

	private CompletionStage<@Nullable Boolean> queue() {
		if (this.turn.reached().isDone() && !this.budget.isAbandoned()) {
			return CompletableFuture.completedStage(true);
		}
		LockStoreException trouble = this.turn.trouble();
		if (this.budget.isSpent() || (trouble != null && !trouble.isTransient())) {
			// What cannot pass stops the head from giving up its token, perhaps for long.
			return leave(failure());
		}
		return Repeat.then(this.budget.pauseFor(this.turn.reached()),
				(ignored, interrupt) -> (interrupt != null) ? leave(interrupt) : Repeat.onceMore());
	}

	private CompletionStage<@Nullable Boolean> leave(Throwable failure) {
		this.turn.pass();
		return CompletableFuture.failedStage(failure);
	}

	private Throwable failure() {
		LockStoreException trouble = this.turn.trouble();
		if (trouble != null && !this.budget.isAbandoned()) {
			// The head of the queue could not ask either; each caller gets its own trace.
			return new LockStoreException(trouble.key(), String.valueOf(trouble.getMessage()), trouble.isTransient(),
					trouble);
		}
		return this.budget.notAcquired(this.turn.holder());
	}

}
