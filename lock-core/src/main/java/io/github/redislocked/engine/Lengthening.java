/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.LockStoreException;
import io.github.redislocked.store.LockCommands;
import org.jspecify.annotations.Nullable;

/**
 * Gives a lease more time before its caller works under it: by one command. One that
 * fails is repeated within the caller's timeout, if the failure can pass.
 */
final class Lengthening {

	private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private final HeldLease lease;

	private final Duration expire;

	private final LockCommands commands;

	private final WaitBudget budget;

	/**
	 * Prepares it.
	 * @param lease the lease
	 * @param expire the time from now that it is to have
	 * @param commands the commands, as callers of this kind speak to the store
	 * @param budget how long the caller waits
	 */
	Lengthening(HeldLease lease, Duration expire, LockCommands commands, WaitBudget budget) {
		this.lease = lease;
		this.expire = expire;
		this.commands = commands;
		this.budget = budget;
	}

	/**
	 * Lengthens the lease; it never becomes shorter.
	 * @return the lease, or the failure: {@link LockStoreException},
	 * {@link io.github.redislocked.LockLostException}, {@link InterruptedException}, or
	 * {@link CancellationException} if the lease was given back meanwhile
	 */
	CompletableFuture<HeldLease> run() {
		return Repeat.untilPresent(this::attempt);
	}

	private CompletionStage<@Nullable HeldLease> attempt() {
		this.budget.listen();
		HeldLock lock = this.lease.lock();
		return Repeat.then(lock.watch().renew(this.commands, this.expire), (done, failure) -> {
			if (!lock.isHeld()) {
				return CompletableFuture
					.failedStage(lock.isLost() ? lock.lost() : new CancellationException("It was given back"));
			}
			return (failure != null) ? failed(failure) : CompletableFuture.completedStage(this.lease);
		});
	}

	private CompletionStage<@Nullable HeldLease> failed(Throwable failure) {
		if (this.budget.interrupted(failure)) {
			return CompletableFuture.failedStage(new InterruptedException("Interrupted while lengthening a lease"));
		}
		if (this.budget.isSpent()
				|| !(failure instanceof LockStoreException storeFailure && storeFailure.isTransient())) {
			return CompletableFuture.failedStage(failure);
		}
		return Repeat.then(this.budget.pause(RETRY_NANOS), (ignored, interrupt) -> {
			if (interrupt != null) {
				return CompletableFuture.failedStage(interrupt);
			}
			return this.budget.isSpent() ? CompletableFuture.failedStage(failure) : Repeat.onceMore();
		});
	}

}
