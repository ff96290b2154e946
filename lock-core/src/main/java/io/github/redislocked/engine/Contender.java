/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockStoreException;
import io.github.redislocked.store.AcquireAnswer;
import io.github.redislocked.store.AcquireRequest;
import io.github.redislocked.store.LockCommands;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.WakeUp;
import io.github.redislocked.store.WakeUpListener;
import org.jspecify.annotations.Nullable;

/**
 * The one caller of its process that contends for a key in the store: asks, waits, asks
 * again, until it has the lock or gives up. However it ends, it leaves nothing: its place
 * in the local queue is passed on by the lock that it got, or when its token is closed.
 */
final class Contender implements WakeUpListener {

	private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private final Parts parts;

	private final LockCommands commands;

	private final Terms terms;

	private final WaitBudget budget;

	private final LocalQueues.Turn turn;

	private final AtomicReference<@Nullable WakeUp> wakeUp = new AtomicReference<>();

	private OwnerToken token;

	private boolean closing;

	/**
	 * The last failure of a command of this token, unless one was answered since. What
	 * such a command did, nobody knows.
	 */
	private @Nullable LockStoreException doubt;

	private final ServerTime serverTime = new ServerTime();

	Contender(Parts parts, LockCommands commands, Terms terms, WaitBudget budget, LocalQueues.Turn turn) {
		this.parts = parts;
		this.commands = commands;
		this.terms = terms;
		this.budget = budget;
		this.turn = turn;
		this.token = parts.tokens().next();
		parts.active().waiting(this.token, this);
	}

	CompletableFuture<HeldLock> run() {
		return Repeat.untilPresent(this::attempt).whenComplete((lock, failure) -> {
			if (failure != null && !this.closing) {
				// Something unforeseen; the token is closed all the same.
				giveUpLater(failure);
			}
		});
	}

	@Override
	public void granted(WakeUp wakeUp) {
		this.wakeUp.set(wakeUp);
		this.budget.ring();
	}

	@Override
	public void askAgain() {
		this.budget.ring();
	}

	private CompletionStage<@Nullable HeldLock> attempt() {
		this.budget.listen();
		if (this.budget.isAbandoned()) {
			return giveUpLater(notAcquired());
		}
		long sentAt = this.parts.now();
		AcquireRequest request = new AcquireRequest(this.terms.key(), this.token, this.terms.expire(),
				Duration.ofNanos(this.budget.remaining()));
		return Repeat.then(this.commands.acquire(request),
				(answer, failure) -> (failure != null) ? failed(failure) : answered(sentAt, answer));
	}

	private CompletionStage<@Nullable HeldLock> answered(long sentAt, @Nullable AcquireAnswer answer) {
		this.doubt = null;
		if (answer instanceof AcquireAnswer.Granted granted) {
			if (this.budget.isAbandoned()) {
				return giveUpLater(notAcquired());
			}
			long end = sentAt + Terms.withoutDrift(granted.lease().toNanos());
			if (end - this.parts.now() <= 0) {
				return this.budget.isSpent() ? giveUpLater(notAcquired()) : grantedTooLate();
			}
			return held(new Grant(this.token, granted.fencingToken(), sentAt, end, false));
		}
		if (answer instanceof AcquireAnswer.Held held) {
			this.turn.holder(held.holder());
			this.serverTime.answered(sentAt, held.storeMicros());
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
			return giveUpLater(interrupt());
		}
		if (failure instanceof LockStoreException storeFailure) {
			this.turn.trouble(storeFailure);
			if (storeFailure.isTransient()) {
				this.doubt = storeFailure;
				return pause(RETRY_NANOS);
			}
		}
		return giveUpLater(failure);
	}

	private CompletionStage<@Nullable HeldLock> pause(long nanos) {
		if (this.wakeUp.get() != null || this.budget.isSpent()) {
			return awake();
		}
		return Repeat.then(this.budget.pause(nanos),
				(ignored, interrupt) -> (interrupt != null) ? giveUpLater(interrupt) : awake());
	}

	private CompletionStage<@Nullable HeldLock> awake() {
		WakeUp message = this.wakeUp.getAndSet(null);
		if (message != null && message.token().equals(this.token) && !this.budget.isAbandoned()) {
			Grant grant = this.serverTime.claim(message, this.parts.now());
			if (grant != null && grant.deadline() - this.parts.now() > 0) {
				return held(grant);
			}
		}
		return this.budget.isSpent() ? giveUp() : Repeat.onceMore();
	}

	private CompletionStage<@Nullable HeldLock> held(Grant grant) {
		return CompletableFuture.completedStage(new HeldLock(this.parts, this.terms, grant, this.turn));
	}

	// The lease was over when the answer came: a failed attempt. Its token is closed
	// before the next one is used; if that fails, nothing more is asked under it.
	private CompletionStage<@Nullable HeldLock> grantedTooLate() {
		return Repeat.then(this.commands.release(this.terms.key(), this.token), (answer, failure) -> {
			if (failure != null) {
				return giveUpLater(this.budget.interrupted(failure) ? interrupt() : failure);
			}
			// Not at once: leases that short would be asked for as fast as Redis answers.
			return Repeat.then(this.budget.pause(RETRY_NANOS),
					(ignored, interrupt) -> (interrupt != null) ? giveUpLater(interrupt) : withNextToken());
		});
	}

	private CompletionStage<@Nullable HeldLock> withNextToken() {
		this.parts.active().closed(this.token);
		if (this.budget.isSpent()) {
			closed();
			return CompletableFuture.failedStage(notAcquired());
		}
		this.token = this.parts.tokens().next();
		this.parts.active().waiting(this.token, this);
		return Repeat.onceMore();
	}

	// Gives up at the end of the budget. The caller itself tells the store, so that
	// nothing is left when it returns, unless the last command failed: it has waited long
	// enough.
	private CompletionStage<@Nullable HeldLock> giveUp() {
		if (this.doubt != null) {
			return giveUpLater(this.budget.isAbandoned() ? notAcquired() : this.doubt);
		}
		Throwable failure = notAcquired();
		if (this.budget.isAbandoned()) {
			return giveUpLater(failure);
		}
		if (this.terms.timeout().isZero()) {
			// One attempt without waiting: it has left nothing that could be given up.
			closed();
			return CompletableFuture.failedStage(failure);
		}
		return Repeat.then(this.commands.cancel(this.terms.key(), this.token), (answer, cancelFailure) -> {
			if (cancelFailure != null) {
				return giveUpLater(this.budget.interrupted(cancelFailure) ? interrupt() : failure);
			}
			closed();
			return CompletableFuture.failedStage(failure);
		});
	}

	// Gives up at once; the token is closed in the background.
	private CompletionStage<@Nullable HeldLock> giveUpLater(Throwable failure) {
		this.closing = true;
		long end = this.parts.now() + this.terms.timeout().toNanos() + this.terms.expire().toNanos();
		this.parts.closings()
			.repeat(this.terms.key(), () -> this.parts.background().forClosings().cancel(this.terms.key(), this.token),
					(hopeless) -> hopeless && this.parts.now() - end > 0, this::closed);
		return CompletableFuture.failedStage(failure);
	}

	private LockNotAcquiredException notAcquired() {
		return this.budget.notAcquired(this.turn.holder());
	}

	private static InterruptedException interrupt() {
		return new InterruptedException("Interrupted while asking for a lock");
	}

	private void closed() {
		this.closing = true;
		this.parts.active().closed(this.token);
		this.turn.pass();
	}

}
