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
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * What a caller that does not block is given: a future of its lease, or leases. It is
 * completed on a thread for code of the application. Whoever cancels it ends the wait; a
 * lease that comes all the same is given back.
 *
 * @param <T> type of what the caller waits for
 */
final class AsyncCaller<T> extends CompletableFuture<T> {

	/**
	 * How much later than its timeout a caller is told at the latest, however many others
	 * wait for a command of theirs.
	 */
	private static final long SLACK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

	private final Consumer<? super T> giveBack;

	private AsyncCaller(Consumer<? super T> giveBack) {
		this.giveBack = giveBack;
	}

	/**
	 * Follows an acquisition.
	 * @param lease its future lease
	 * @param acquisition the acquisition
	 * @param parts what the engine shares
	 * @return the caller's future
	 */
	static AsyncCaller<HeldLease> of(CompletionStage<HeldLease> lease, Acquisition acquisition, Parts parts) {
		AsyncCaller<HeldLease> caller = of(lease, AsyncCaller::leave, parts);
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
	 * Follows what has no end of its own.
	 * @param stage what the caller waits for
	 * @param giveBack what becomes of it if the caller has gone
	 * @param parts what the engine shares
	 * @param <T> type of what the caller waits for
	 * @return the caller's future
	 */
	static <T> AsyncCaller<T> of(CompletionStage<? extends T> stage, Consumer<? super T> giveBack, Parts parts) {
		AsyncCaller<T> caller = new AsyncCaller<>(giveBack);
		stage.whenComplete(
				(result, failure) -> parts.threads().callbacks().execute(() -> caller.acquired(result, failure)));
		return caller;
	}

	/**
	 * Gives back a lease that nobody has worked under.
	 * @param lease the lease
	 */
	static void leave(HeldLease lease) {
		lease.lock().leave(lease);
	}

	private void acquired(@Nullable T result, @Nullable Throwable failure) {
		if (result == null) {
			completeExceptionally((failure != null) ? Repeat.unwrap(failure)
					: new IllegalStateException("Neither lease nor failure"));
		}
		else if (!complete(result)) {
			this.giveBack.accept(result);
		}
	}

}
