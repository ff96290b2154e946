/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.redislocked.LockStoreException;
import io.github.redislocked.store.AcquireRequest;
import io.github.redislocked.store.LockCommands;
import io.github.redislocked.store.OwnerToken;
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

	private final Mailbox mailbox;

	private final @Nullable WatchedCall watched;

	private final LocalQueues<Acquisition, Inheritance>.Turn turn;

	/**
	 * Begins an acquisition; it takes its place in the local queue at once.
	 * @param parts what the engine shares
	 * @param commands the commands, as callers of this kind speak to it
	 * @param terms the terms asked for
	 * @param parking how the caller waits
	 */
	Acquisition(Parts parts, LockCommands commands, Terms terms, Parking parking) {
		this(parts, commands, terms, new WaitBudget(terms, parts.clock(), parking));
	}

	private Acquisition(Parts parts, LockCommands commands, Terms terms, WaitBudget budget) {
		this.parts = parts;
		this.commands = commands;
		this.terms = terms;
		this.budget = budget;
		this.mailbox = new Mailbox(this.budget);
		this.watched = WatchedCall.begin(parts, terms.key(), terms.name());
		this.turn = parts.queues().join(terms.key(), this);
	}

	LockCommands commands() {
		return this.commands;
	}

	Terms terms() {
		return this.terms;
	}

	WaitBudget budget() {
		return this.budget;
	}

	LocalQueues<Acquisition, Inheritance>.Turn turn() {
		return this.turn;
	}

	Mailbox mailbox() {
		return this.mailbox;
	}

	/**
	 * Says what the caller asks for at this moment.
	 * @param token its owner token
	 * @return the request
	 */
	AcquireRequest request(OwnerToken token) {
		return new AcquireRequest(this.terms.key(), token, this.terms.expire(),
				Duration.ofNanos(this.budget.remaining()), this.parts.settings().localHandover().maxPasses());
	}

	/**
	 * Goes for the lock.
	 * @return the caller's lease, or the failure:
	 * {@link io.github.redislocked.LockNotAcquiredException}, {@link LockStoreException}
	 * or {@link InterruptedException}
	 */
	CompletableFuture<HeldLease> run() {
		CompletableFuture<HeldLock> lock = this.turn.reached().isDone() ? contend()
				: Repeat.untilPresent(this::queue).thenCompose((reached) -> contend());
		return ((this.watched != null) ? lock.whenComplete(this::tell) : lock).thenCompose(this::open);
	}

	private CompletionStage<HeldLease> open(HeldLock lock) {
		HeldLease lease = lock.lease();
		if (lease != null) {
			return CompletableFuture.completedFuture(lease);
		}
		// The process stood still for as long as the lease lasts, and nobody was inside.
		lock.evict("it was never used");
		return this.budget.isSpent() ? CompletableFuture.failedFuture(this.budget.notAcquired(null))
				: new Acquisition(this.parts, this.commands, this.terms, this.budget).run();
	}

	private void tell(@Nullable HeldLock lock, @Nullable Throwable failure) {
		if (failure != null && this.watched != null) {
			this.watched.failed(failure, this.budget.isCancelled());
		}
	}

	/**
	 * Notes that the store has answered who has the lock.
	 * @param holder the owner token of the holder, or {@code null} if it has none
	 */
	void refused(@Nullable String holder) {
		this.turn.holder(holder);
		if (this.watched != null) {
			this.watched.refused();
		}
	}

	/**
	 * Notes that a command has failed.
	 * @param failure how
	 */
	void troubled(LockStoreException failure) {
		this.turn.trouble(failure);
		if (this.watched != null) {
			this.watched.troubled(failure);
		}
	}

	/**
	 * Notes that the caller has the lock.
	 * @param grant what it was given
	 * @return the lock for those who watch, or {@code null} if nobody does
	 */
	@Nullable WatchedHold entered(Grant grant) {
		return (this.watched != null) ? this.watched.acquired(grant) : null;
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
		return new Contender(this.parts, this, this.turn.inheritance()).run();
	}

	private CompletionStage<@Nullable Boolean> queue() {
		this.budget.listen();
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
		Inheritance inherited = this.turn.giveUp();
		if (inherited != null) {
			new Contender(this.parts, this, inherited).decline();
		}
		return CompletableFuture.failedStage(failure);
	}

	private Throwable failure() {
		LockStoreException trouble = this.turn.trouble();
		if (trouble != null && !this.budget.isCancelled()) {
			// The head of the queue could not ask either; each caller gets its own trace.
			return new LockStoreException(trouble.key(), String.valueOf(trouble.getMessage()), trouble.isTransient(),
					trouble);
		}
		return this.budget.notAcquired(this.turn.holder());
	}

}
