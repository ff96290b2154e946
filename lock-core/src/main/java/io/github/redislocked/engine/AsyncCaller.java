/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.concurrent.CompletableFuture;

import io.github.redislocked.Lease;
import io.github.redislocked.LockLostException;
import org.jspecify.annotations.Nullable;

/**
 * What a caller that does not block is given: a future of its lease. Whoever cancels it
 * ends the wait; a lease that comes all the same is closed.
 */
final class AsyncCaller extends CompletableFuture<Lease> {

	/**
	 * Follows an acquisition.
	 * @param acquisition the acquisition
	 * @param lock its future lock
	 */
	AsyncCaller(Acquisition acquisition, CompletableFuture<HeldLock> lock) {
		whenComplete((lease, failure) -> {
			if (isCancelled()) {
				acquisition.abandon("it was cancelled");
			}
		});
		lock.whenComplete(this::acquired);
	}

	private void acquired(@Nullable HeldLock lock, @Nullable Throwable failure) {
		if (lock == null) {
			completeExceptionally(
					(failure != null) ? Repeat.unwrap(failure) : new IllegalStateException("Neither lock nor failure"));
			return;
		}
		HeldLease lease = lock.lease();
		if (lease == null) {
			completeExceptionally(lock.lost());
		}
		else if (!complete(lease)) {
			try {
				lease.close();
			}
			catch (LockLostException ex) {
				// Nobody has worked under it.
			}
		}
	}

}
