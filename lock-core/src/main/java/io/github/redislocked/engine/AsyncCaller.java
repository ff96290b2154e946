/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.Lease;
import org.jspecify.annotations.Nullable;

/**
 * What a caller that does not block is given: a future of its lease. It is completed on a
 * thread for code of the application. Whoever cancels it ends the wait; a lease that
 * comes all the same is given back.
 */
final class AsyncCaller extends CompletableFuture<Lease> {

	/**
	 * How much later than its timeout a caller is told at the latest, however many others
	 * wait for a command of theirs.
	 */
	private static final long SLACK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

	private AsyncCaller() {
	}

	/**
	 * Follows an acquisition.
	 * @param lease its future lease
	 * @param acquisition the acquisition
	 * @param parts what the engine shares
	 * @return the caller's future
	 */
	static AsyncCaller of(CompletionStage<HeldLease> lease, Acquisition acquisition, Parts parts) {
		AsyncCaller caller = of(lease, parts);
		ScheduledFuture<?> limit = parts.threads()
			.timer()
			.schedule(
					() -> parts.threads()
						.callbacks()
						.execute(() -> caller.completeExceptionally(acquisition.budget().notAcquired(null))),
					acquisition.budget().remaining() + SLACK_NANOS, TimeUnit.NANOSECONDS);
		caller.whenComplete((result, failure) -> {
			limit.cancel(false);
			if (failure != null) {
				acquisition.abandon("it was cancelled");
			}
		});
		return caller;
	}

	/**
	 * Follows what needs no acquisition.
	 * @param lease a future lease
	 * @param parts what the engine shares
	 * @return the caller's future
	 */
	static AsyncCaller of(CompletionStage<HeldLease> lease, Parts parts) {
		AsyncCaller caller = new AsyncCaller();
		lease.whenComplete(
				(result, failure) -> parts.threads().callbacks().execute(() -> caller.acquired(result, failure)));
		return caller;
	}

	private void acquired(@Nullable HeldLease lease, @Nullable Throwable failure) {
		if (lease == null) {
			completeExceptionally((failure != null) ? Repeat.unwrap(failure)
					: new IllegalStateException("Neither lease nor failure"));
		}
		else if (!complete(lease)) {
			lease.lock().leave(lease);
		}
	}

}
