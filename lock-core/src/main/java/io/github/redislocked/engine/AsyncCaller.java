/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.redislocked.LockNotAcquiredException;
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
	 * wait for a command of theirs. Each of several locks takes a command even if there
	 * is no time to wait; the first one may have to wait for a connection to be opened.
	 */
	private static final long SLACK_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final int MOST_SLACKS = 8;

	private final Consumer<? super T> giveBack;

	private final EngineThreads threads;

	private AsyncCaller(Consumer<? super T> giveBack, EngineThreads threads) {
		this.giveBack = giveBack;
		this.threads = threads;
	}

	/**
	 * Follows one lease on its way.
	 * @param lease the future lease
	 * @param budget how long the caller waits for it
	 * @param parts what the engine shares
	 * @return the caller's future
	 */
	static AsyncCaller<HeldLease> of(CompletionStage<HeldLease> lease, WaitBudget budget, Parts parts) {
		AsyncCaller<HeldLease> caller = of(lease, AsyncCaller::leave, parts);
		caller.limit(budget.remaining(), 1, () -> budget.notAcquired(null), () -> {
			if (caller.isCancelled()) {
				budget.abandon("it was cancelled");
			}
			else {
				budget.expire();
			}
		});
		return caller;
	}

	/**
	 * Follows what has no limit yet.
	 * @param stage what the caller waits for
	 * @param giveBack what becomes of it if the caller has gone
	 * @param parts what the engine shares
	 * @param <T> type of what the caller waits for
	 * @return the caller's future
	 */
	static <T> AsyncCaller<T> of(CompletionStage<? extends T> stage, Consumer<? super T> giveBack, Parts parts) {
		AsyncCaller<T> caller = new AsyncCaller<>(giveBack, parts.threads());
		stage.whenComplete(
				(result, failure) -> parts.threads().callbacks().execute(() -> caller.acquired(result, failure)));
		return caller;
	}

	/**
	 * Limits the wait.
	 * @param remaining what is left of the caller's timeout, in nanoseconds
	 * @param locks how many locks are waited for, one after the other
	 * @param tooLate what the caller is told when the time is over
	 * @param gone called when the caller has failed or gone
	 */
	void limit(long remaining, int locks, Supplier<LockNotAcquiredException> tooLate, Runnable gone) {
		Runnable closing = () -> completeExceptionally(closing(tooLate.get()));
		this.threads.atEnd(closing);
		Future<?> limit = schedule(() -> completeExceptionally(tooLate.get()),
				remaining + Math.min(locks, MOST_SLACKS) * SLACK_NANOS, closing);
		whenComplete((result, failure) -> {
			this.threads.notAtEnd(closing);
			limit.cancel(false);
			if (failure != null) {
				gone.run();
			}
		});
	}

	private Future<?> schedule(Runnable end, long nanos, Runnable closing) {
		try {
			return this.threads.timer()
				.schedule(() -> this.threads.callbacks().execute(end), nanos, TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			this.threads.callbacks().execute(closing);
			return CompletableFuture.completedFuture(null);
		}
	}

	// A command may be under way that Redis does not answer, and nobody looks any longer.
	private static LockNotAcquiredException closing(LockNotAcquiredException tooLate) {
		return new LockNotAcquiredException(tooLate.key(), tooLate.waited(), null, LockEngine.CLOSING, null);
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
