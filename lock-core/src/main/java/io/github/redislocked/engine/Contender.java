/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockStoreException;
import io.github.redislocked.store.AcquireAnswer;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.WakeUp;
import org.jspecify.annotations.Nullable;

/**
 * The one caller of its process that contends for a key in the store: asks, waits, asks
 * again, until it has the lock or gives up. It may begin with what the caller before it
 * has left. However it ends, it leaves nothing: its place in the local queue is passed on
 * by the lock that it got, or when its token is closed.
 */
final class Contender {

	private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private final Parts parts;

	private final Acquisition caller;

	private final Terms terms;

	private final WaitBudget budget;

	private final LocalQueues<Acquisition, Inheritance>.Turn turn;

	private @Nullable Inheritance inherited;

	private OwnerToken token;

	private final Resignation resignation;

	/**
	 * The last failure of a command of this token, unless one was answered since. What
	 * such a command did, nobody knows.
	 */
	private @Nullable LockStoreException doubt;

	/**
	 * Why a grant was given back, unless others were seen to have the lock since.
	 */
	private @Nullable LockStoreException refusal;

	private final ServerTime serverTime = new ServerTime();

	/**
	 * Begins to contend.
	 * @param parts what the engine shares
	 * @param caller who wants the lock; the head of its queue
	 * @param inherited what the caller before it has left, or {@code null} for nothing
	 */
	Contender(Parts parts, Acquisition caller, @Nullable Inheritance inherited) {
		this.parts = parts;
		this.caller = caller;
		this.terms = caller.terms();
		this.budget = caller.budget();
		this.turn = caller.turn();
		this.inherited = inherited;
		this.resignation = new Resignation(parts, caller);
		this.token = (inherited != null) ? inherited.token() : nextToken();
	}

	CompletableFuture<HeldLock> run() {
		return Repeat.untilPresent(this::attempt).whenComplete((lock, failure) -> {
			if (failure != null && !this.resignation.isUnderWay()) {
				// Something unforeseen; the token is closed all the same.
				giveUpLater(failure);
			}
		});
	}

	/**
	 * Gives up what was inherited, which the caller does not want any longer.
	 */
	void decline() {
		giveUpLater(notAcquired());
	}

	private CompletionStage<@Nullable HeldLock> attempt() {
		this.budget.listen();
		if (this.budget.isAbandoned()) {
			return giveUpLater(notAcquired());
		}
		Inheritance first = this.inherited;
		if (first != null) {
			this.inherited = null;
			return inherit(first);
		}
		long sentAt = this.parts.now();
		return Repeat.then(this.caller.commands().acquire(this.caller.request(this.token)),
				(answer, failure) -> (failure != null) ? failed(failure) : answered(sentAt, answer, null));
	}

	private CompletionStage<@Nullable HeldLock> inherit(Inheritance first) {
		Grant grant = first.grant();
		if (grant != null) {
			// What the store has confirmed is passed on with it.
			return (grant.deadline() - this.parts.now() > 0) ? enter(grant) : giveBack();
		}
		Inheritance.Attempt attempt = first.attempt();
		return (attempt != null) ? answered(attempt.sentAt(), attempt.answer(), first) : Repeat.onceMore();
	}

	private CompletionStage<@Nullable HeldLock> answered(long sentAt, @Nullable AcquireAnswer answer,
			@Nullable Inheritance left) {
		this.doubt = null;
		if (answer instanceof AcquireAnswer.Granted granted) {
			if (this.budget.isAbandoned()) {
				return giveUpLater(notAcquired());
			}
			Grant grant = Grant.of(this.token, granted, sentAt, left, this.parts);
			if (grant.deadline() - this.parts.now() <= 0) {
				return this.budget.isSpent() ? giveUpLater(notAcquired()) : giveBack();
			}
			return held(grant);
		}
		if (answer instanceof AcquireAnswer.Held held) {
			this.refusal = null;
			this.caller.refused(held.holder());
			this.serverTime.answered(sentAt, held.storeMicros());
			this.parts.overlong().look(this.terms, held.remaining());
			if (this.budget.isSpent() && !this.terms.timeout().isZero()) {
				// The command took longer than the caller was ready to wait.
				return giveUpLater(notAcquired());
			}
			return pause(held.askAgainAfter().toNanos());
		}
		return withNextToken();
	}

	private CompletionStage<@Nullable HeldLock> failed(Throwable failure) {
		if (this.budget.interrupted(failure)) {
			return giveUpLater(WaitBudget.interrupt());
		}
		if (failure instanceof LockStoreException storeFailure) {
			this.caller.troubled(storeFailure);
			if (storeFailure.isTransient()) {
				this.doubt = storeFailure;
				return pause(RETRY_NANOS);
			}
		}
		return giveUpLater(failure);
	}

	private CompletionStage<@Nullable HeldLock> pause(long nanos) {
		if (!this.caller.mailbox().isEmpty() || this.budget.isSpent()) {
			return awake();
		}
		return Repeat.then(this.budget.pause(nanos),
				(ignored, interrupt) -> (interrupt != null) ? giveUpLater(interrupt) : awake());
	}

	private CompletionStage<@Nullable HeldLock> awake() {
		WakeUp message = this.caller.mailbox().empty();
		if (message != null && message.token().equals(this.token) && !this.budget.isAbandoned()) {
			Grant grant = this.serverTime.claim(message, this.parts.now(),
					Tenure.of(this.parts.settings().localHandover().maxPasses(), this.parts));
			if (grant != null && grant.deadline() - this.parts.now() > 0) {
				return held(grant);
			}
		}
		return this.budget.isSpent() ? giveUp() : Repeat.onceMore();
	}

	private CompletionStage<@Nullable HeldLock> held(Grant grant) {
		return this.parts.store().confirms()
				? Repeat.then(Confirmation.of(grant, this.caller, this.parts), this::confirmed) : enter(grant);
	}

	private CompletionStage<@Nullable HeldLock> confirmed(@Nullable Confirmation result, @Nullable Throwable failure) {
		if (result == null || this.budget.isAbandoned()) {
			return (failure != null) ? failed(failure) : giveUpLater(notAcquired());
		}
		this.refusal = result.refusal();
		if (this.refusal != null) {
			this.caller.troubled(this.refusal);
		}
		Grant confirmed = result.grant();
		return (confirmed != null && confirmed.deadline() - this.parts.now() > 0) ? enter(confirmed) : giveBack();
	}

	private CompletionStage<@Nullable HeldLock> enter(Grant grant) {
		return CompletableFuture.completedStage(new HeldLock(this.parts, this.caller, grant));
	}

	// The lease was over, or is not confirmed: a failed attempt. Its token is closed
	// before the next one is used; if that fails, nothing more is asked under it.
	private CompletionStage<@Nullable HeldLock> giveBack() {
		return Repeat.then(this.caller.commands().release(this.terms.key(), this.token), (answer, failure) -> {
			if (failure != null) {
				return giveUpLater(this.budget.interrupted(failure) ? WaitBudget.interrupt() : failure);
			}
			// Not at once: leases that short would be asked for as fast as Redis answers.
			return Repeat.then(this.budget.pause(RETRY_NANOS),
					(ignored, interrupt) -> (interrupt != null) ? giveUpLater(interrupt) : withNextToken());
		});
	}

	private CompletionStage<@Nullable HeldLock> withNextToken() {
		if (this.budget.isSpent()) {
			return this.resignation.closed(this.token, failure());
		}
		this.parts.active().closed(this.token);
		this.token = nextToken();
		return Repeat.onceMore();
	}

	private OwnerToken nextToken() {
		return this.parts.active().next(this.parts.tokens(), this.caller.mailbox());
	}

	// The end of the budget. The caller itself tells the store, unless the last command
	// failed: it has waited long enough.
	private CompletionStage<@Nullable HeldLock> giveUp() {
		if (this.doubt != null || this.budget.isAbandoned()) {
			return giveUpLater((this.doubt != null && !this.budget.isCancelled()) ? this.doubt : notAcquired());
		}
		// One attempt without waiting has left nothing that could be given up.
		return this.terms.timeout().isZero() ? this.resignation.closed(this.token, failure())
				: this.resignation.now(this.token, failure());
	}

	private CompletionStage<@Nullable HeldLock> giveUpLater(Throwable failure) {
		return this.resignation.later(this.token, failure);
	}

	private LockNotAcquiredException notAcquired() {
		return this.budget.notAcquired(this.turn.holder());
	}

	private Throwable failure() {
		return (this.refusal != null && !this.budget.isCancelled()) ? this.refusal : notAcquired();
	}

}
