/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.concurrent.CompletableFuture;

import io.github.redislocked.store.ReleaseAnswer;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a lock whose last lease is closed. If a caller of this process waits,
 * the lock passes to it without a command, within the bounds of {@linkplain LocalHandover
 * the settings}; beyond them one command gives the lock up and asks for it again, for
 * that caller, and whoever waits elsewhere comes first. If nobody waits here, the lock is
 * released.
 */
final class HandOver {

	/**
	 * What the store has confirmed must be worth so many hundredths of the lease that the
	 * next caller asks for, or it would be given much less than that.
	 */
	private static final int LEAST_PERCENT = 90;

	private final HeldLock lock;

	private final LocalQueues<Acquisition, Inheritance>.Turn turn;

	HandOver(HeldLock lock, LocalQueues<Acquisition, Inheritance>.Turn turn) {
		this.lock = lock;
		this.turn = turn;
	}

	/**
	 * Gives the lock up by the calling thread.
	 * @return the answer to its release, or {@code null} if that failed
	 */
	@Nullable ReleaseAnswer now() {
		Inheritance inheritance = this.turn.handOver(this::bequest);
		if (inheritance == null) {
			return this.lock.release().now();
		}
		try {
			return isPassed(inheritance) ? ReleaseAnswer.RELEASED : this.lock.release().now(inheritance);
		}
		finally {
			inheritance.tellHeir();
		}
	}

	/**
	 * Gives the lock up without blocking the caller.
	 * @return completes with the answer to its release, or with {@code null} if that
	 * failed
	 */
	CompletableFuture<@Nullable ReleaseAnswer> soon() {
		Inheritance inheritance = this.turn.handOver(this::bequest);
		if (inheritance == null) {
			return this.lock.release().soon();
		}
		if (isPassed(inheritance)) {
			inheritance.tellHeir();
			return CompletableFuture.completedFuture(ReleaseAnswer.RELEASED);
		}
		return this.lock.release().soon(inheritance).whenComplete((answer, failure) -> inheritance.tellHeir());
	}

	private boolean isPassed(Inheritance inheritance) {
		boolean passed = inheritance.grant() != null;
		if (passed) {
			// The owner token stays in use: the heir has it now.
			this.lock.parts().held().remove(this.lock);
		}
		return passed;
	}

	private Inheritance bequest(LocalQueues<Acquisition, Inheritance>.Turn next) {
		Acquisition heir = next.caller();
		Parts parts = this.lock.parts();
		Grant grant = this.lock.grant();
		long now = parts.now();
		long rest = this.lock.deadline() - now;
		long asked = heir.terms().expire().toNanos();
		boolean keeps = grant.tenure().lasts(now) && rest <= asked;
		if (keeps && rest >= asked / 100 * LEAST_PERCENT) {
			return Inheritance.ofLock(next,
					grant.passed(heir.terms().expire(), this.lock.deadline(), this.lock.release().mayLastUntil()));
		}
		// A lock that was handed over by another process is this one's for a while, too,
		// but its lease is as short as the claim time still.
		boolean lifts = keeps && grant.claimed();
		return Inheritance.ofAttempt(next, parts.active().next(parts.tokens(), heir.mailbox()),
				lifts ? grant.tenure().passed() : null);
	}

}
