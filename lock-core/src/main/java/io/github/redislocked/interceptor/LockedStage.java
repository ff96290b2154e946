/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.redislocked.Lease;
import io.github.redislocked.LeaseScope;
import io.github.redislocked.LockNotAcquiredException;
import org.jspecify.annotations.Nullable;

/**
 * What the caller of a locked method that returns a stage is given. Whoever completes it
 * from outside, by cancelling it for instance, ends the wait for the locks, or cancels
 * the method's own stage. The locks are kept until that has ended.
 */
final class LockedStage extends CompletableFuture<@Nullable Object> {

	private final LockedCall call;

	/**
	 * What was current when the method was called.
	 */
	private final List<Lease> outer = LeaseScope.leases();

	/**
	 * What is under way: the locks, later the method's stage.
	 */
	private @Nullable CompletableFuture<?> underWay;

	private boolean left;

	private volatile boolean lost;

	LockedStage(LockedCall call) {
		this.call = call;
	}

	LockedStage start() {
		CompletableFuture<List<Lease>> locks = this.call.acquire();
		cancelWith(locks);
		whenComplete((value, failure) -> leave());
		locks.whenComplete((leases, failure) -> {
			if (leases != null) {
				run(leases);
			}
			else {
				refused(LockedCall.unwrap(failure));
			}
		});
		return this;
	}

	private void run(List<Lease> leases) {
		CompletionStage<?> stage;
		try {
			stage = isDone() ? completedStage(null) : (CompletionStage<?>) this.call.proceed(inner(leases));
		}
		catch (Throwable ex) {
			stage = failedStage(ex);
		}
		stage.whenComplete((value, failure) -> end(leases, value, failure));
		cancelWith(stage);
		if (this.call.isCancelledOnLoss()) {
			leases.forEach((lease) -> lease.onLost(this::lost));
		}
	}

	private List<Lease> inner(List<Lease> leases) {
		List<Lease> all = new ArrayList<>(leases);
		all.addAll(this.outer);
		return all;
	}

	private void end(List<Lease> leases, @Nullable Object value, @Nullable Throwable failure) {
		Throwable own = (failure != null) ? LockedCall.unwrap(failure) : null;
		// That it was cancelled because its lock was lost is not a failure of its own.
		LockedCall.close(leases, (this.lost && own instanceof CancellationException) ? null : own)
			.whenComplete((closed, first) -> {
				if (first != null) {
					completeExceptionally(LockedCall.unwrap(first));
				}
				else {
					complete(value);
				}
			});
	}

	private void refused(Throwable failure) {
		if (!(failure instanceof LockNotAcquiredException timeout)) {
			completeExceptionally(failure);
			return;
		}
		try {
			Object instead = this.call.withoutLocks(timeout);
			if (instead instanceof CompletionStage<?> stage) {
				stage.whenComplete((value, ex) -> end(List.of(), value, ex));
				cancelWith(stage);
			}
			else {
				complete(null);
			}
		}
		catch (Throwable ex) {
			completeExceptionally(ex);
		}
	}

	private void lost() {
		this.lost = true;
		cancelUnderWay();
	}

	private void cancelWith(CompletionStage<?> stage) {
		CompletableFuture<?> future;
		try {
			future = stage.toCompletableFuture();
		}
		catch (UnsupportedOperationException ex) {
			// A stage that cannot be cancelled.
			future = null;
		}
		boolean late;
		synchronized (this) {
			this.underWay = future;
			late = this.left;
		}
		if (late && future != null) {
			future.cancel(true);
		}
	}

	private void leave() {
		synchronized (this) {
			this.left = true;
		}
		cancelUnderWay();
	}

	private void cancelUnderWay() {
		CompletableFuture<?> last;
		synchronized (this) {
			last = this.underWay;
		}
		if (last != null) {
			last.cancel(true);
		}
	}

}
