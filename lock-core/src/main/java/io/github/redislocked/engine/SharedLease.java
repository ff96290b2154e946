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

import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockStoreException;
import io.github.redislocked.store.LockCommands;
import org.jspecify.annotations.Nullable;

/**
 * A further lease on a lock whose holder asks for it again, inside its own scope.
 */
final class SharedLease {

	private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private final HeldLease lease;

	private final Duration expire;

	private SharedLease(HeldLease lease, Duration expire) {
		this.lease = lease;
		this.expire = expire;
	}

	/**
	 * Opens a further lease on the current one of the calling thread.
	 * @param spec which lock
	 * @param parts the parts of the engine that is asked
	 * @return the lease, or {@code null} if none of this engine is current and held
	 */
	static @Nullable SharedLease of(LockSpec spec, Parts parts) {
		if (Lease.current(spec.key()).orElse(null) instanceof HeldLease current && current.isHeld()
				&& current.lock().parts() == parts) {
			HeldLease lease = current.lock().lease();
			return (lease != null) ? new SharedLease(lease, spec.expire().orElse(Duration.ZERO)) : null;
		}
		return null;
	}

	/**
	 * Returns the lease, lengthened if need be: by one command, never shortened. A
	 * command that fails is repeated within the caller's timeout, if the failure can
	 * pass.
	 * @param commands the commands, as callers of this kind speak to the store
	 * @param budget how long the caller waits
	 * @return the lease, complete if nothing had to be asked; or the failure:
	 * {@link LockStoreException}, {@link io.github.redislocked.LockLostException} or
	 * {@link InterruptedException}
	 */
	CompletableFuture<HeldLease> get(LockCommands commands, WaitBudget budget) {
		if (this.expire.compareTo(this.lease.lock().watch().expire()) <= 0) {
			return CompletableFuture.completedFuture(this.lease);
		}
		return Repeat.untilPresent(() -> lengthen(commands, budget)).whenComplete((lengthened, failure) -> {
			if (failure != null) {
				this.lease.lock().leave(this.lease);
			}
		});
	}

	private CompletionStage<@Nullable HeldLease> lengthen(LockCommands commands, WaitBudget budget) {
		budget.listen();
		HeldLock lock = this.lease.lock();
		return Repeat.then(lock.watch().renew(commands, this.expire), (done, failure) -> {
			if (!lock.isHeld()) {
				return CompletableFuture.failedStage(lock.lost());
			}
			return (failure != null) ? failed(failure, budget) : CompletableFuture.completedStage(this.lease);
		});
	}

	private CompletionStage<@Nullable HeldLease> failed(Throwable failure, WaitBudget budget) {
		if (budget.interrupted(failure)) {
			return CompletableFuture.failedStage(new InterruptedException("Interrupted while lengthening a lease"));
		}
		if (budget.isSpent() || !(failure instanceof LockStoreException storeFailure && storeFailure.isTransient())) {
			return CompletableFuture.failedStage(failure);
		}
		return Repeat.then(budget.pause(RETRY_NANOS), (ignored, interrupt) -> {
			if (interrupt != null) {
				return CompletableFuture.failedStage(interrupt);
			}
			return budget.isSpent() ? CompletableFuture.failedStage(failure) : Repeat.onceMore();
		});
	}

}
