/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.github.redislocked.LockStoreException;
import io.github.redislocked.LoggedText;
import io.github.redislocked.store.ReleaseAnswer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Closes owner tokens in the background where a caller cannot wait for it, or a command
 * failed: the same idempotent command again and again, until the store has answered it or
 * there is nothing left to close.
 */
final class Closings {

	private static final Log logger = LogFactory.getLog(Closings.class);

	private static final long SHORTEST_PAUSE_MILLIS = 50;

	private static final long LONGEST_PAUSE_MILLIS = 1000;

	private final EngineThreads threads;

	private final AtomicInteger pending = new AtomicInteger();

	Closings(EngineThreads threads) {
		this.threads = threads;
	}

	/**
	 * Sends a command by the calling thread, interrupted or not; goes on in the
	 * background if it fails.
	 * @param key the key, for messages
	 * @param first the command
	 * @param command the release or cancel that is repeated if it fails
	 * @param over asked once for each repetition that fails: whether there is nothing
	 * left to close, given whether the failure is one that does not pass by itself
	 * @param closed called once, when the token is closed or given up, with the answer to
	 * a repetition, or {@code null} if there was none
	 * @return the answer, or {@code null} if it failed
	 */
	@Nullable ReleaseAnswer now(String key, Supplier<CompletionStage<ReleaseAnswer>> first,
			Supplier<CompletionStage<ReleaseAnswer>> command, Predicate<Boolean> over,
			Consumer<@Nullable ReleaseAnswer> closed) {
		ReleaseAnswer answer;
		try {
			answer = Undisturbed.join(first);
		}
		catch (RuntimeException ex) {
			again(new Closing(key, true, command, over, closed));
			return null;
		}
		closed.accept(null);
		return answer;
	}

	/**
	 * Sends a command without blocking the caller; goes on in the background if it fails.
	 * @param key the key, for messages
	 * @param first the command
	 * @param command the release or cancel that is repeated if it fails
	 * @param over asked once for each repetition that fails: whether there is nothing
	 * left to close, given whether the failure is one that does not pass by itself
	 * @param closed called once, when the token is closed or given up, with the answer to
	 * a repetition, or {@code null} if there was none
	 * @return completes with the answer, or with {@code null} if it failed
	 */
	CompletableFuture<@Nullable ReleaseAnswer> soon(String key, Supplier<CompletionStage<ReleaseAnswer>> first,
			Supplier<CompletionStage<ReleaseAnswer>> command, Predicate<Boolean> over,
			Consumer<@Nullable ReleaseAnswer> closed) {
		this.pending.incrementAndGet();
		try {
			return OffloadedCommands.offload(first, this.threads.closers()).handle((answer, failure) -> {
				try {
					if (failure != null) {
						again(new Closing(key, true, command, over, closed));
					}
					else {
						closed.accept(null);
					}
					return answer;
				}
				finally {
					this.pending.decrementAndGet();
				}
			});
		}
		catch (RejectedExecutionException ex) {
			// The engine is closed; what is left in Redis ends with its lease.
			this.pending.decrementAndGet();
			closed.accept(null);
			return CompletableFuture.completedFuture(null);
		}
	}

	/**
	 * Sends a command in the background until it is answered, for a token under which
	 * nobody works, or whose lock is lost. Operators hear of that elsewhere, if at all:
	 * failures are logged at {@code DEBUG}.
	 * @param key the key, for messages
	 * @param command a release or a cancel
	 * @param over asked once for each repetition that fails: whether there is nothing
	 * left to close, given whether the failure is one that does not pass by itself
	 * @param closed called once, when the token is closed or given up, with the answer,
	 * or {@code null} if there was none
	 */
	void repeat(String key, Supplier<CompletionStage<ReleaseAnswer>> command, Predicate<Boolean> over,
			Consumer<@Nullable ReleaseAnswer> closed) {
		this.pending.incrementAndGet();
		send(new Closing(key, false, command, over, closed), this.threads.closers());
	}

	/**
	 * Returns whether every closing has ended.
	 * @return {@code true} if there is none under way
	 */
	boolean isIdle() {
		return this.pending.get() == 0;
	}

	private void again(Closing closing) {
		this.pending.incrementAndGet();
		send(closing, this.threads.repeaters());
	}

	// What has failed before has threads of its own: during an outage they all may wait,
	// and what has not been tried yet may be for a server that answers.
	private void send(Closing closing, Executor executor) {
		try {
			OffloadedCommands.offload(closing.command, executor).whenComplete(closing::answered);
		}
		catch (Throwable ex) {
			// The engine is closed; what is left in Redis ends with its lease.
			closing.end(null);
		}
	}

	private final class Closing {

		private final String key;

		private final boolean released;

		private final Supplier<CompletionStage<ReleaseAnswer>> command;

		private final Predicate<Boolean> over;

		private final Consumer<@Nullable ReleaseAnswer> closed;

		private long pauseMillis = SHORTEST_PAUSE_MILLIS;

		private Closing(String key, boolean released, Supplier<CompletionStage<ReleaseAnswer>> command,
				Predicate<Boolean> over, Consumer<@Nullable ReleaseAnswer> closed) {
			this.key = key;
			this.released = released;
			this.command = command;
			this.over = over;
			this.closed = closed;
		}

		private void answered(@Nullable ReleaseAnswer answer, @Nullable Throwable thrown) {
			if (thrown == null) {
				end(answer);
				return;
			}
			Throwable failure = Repeat.unwrap(thrown);
			boolean passing = failure instanceof LockStoreException storeFailure && storeFailure.isTransient();
			if (this.over.test(!passing)) {
				ended();
				end(null);
				return;
			}
			if (isToBeWarned()) {
				warn(failure);
			}
			if (logger.isDebugEnabled()) {
				logger.debug("Repeating in %d ms for lock '%s'".formatted(this.pauseMillis, LoggedText.of(this.key)),
						failure);
			}
			pause();
		}

		// One warning is enough.
		private boolean isToBeWarned() {
			return this.released && this.pauseMillis == SHORTEST_PAUSE_MILLIS;
		}

		// The causes of a failure of the store may quote keys, its message does not.
		private static void warn(Throwable failure) {
			String message = "Redis could not be told that a lock is given back; repeating in the background. Nobody else gets"
					+ " the lock until that succeeds or the lease ends: look whether Redis can be reached, and accepts commands";
			if (failure instanceof LockStoreException) {
				logger.warn(message + ": " + failure.getMessage());
			}
			else {
				logger.warn(message, failure);
			}
		}

		private void ended() {
			String message = "A lock was not given back, and has ended by itself: Redis could not be told in time";
			if (isToBeWarned()) {
				logger.warn(message + ". Look whether Redis can be reached, and accepts commands");
			}
			else {
				logger.debug(message);
			}
		}

		private void pause() {
			try {
				Closings.this.threads.timer()
					.schedule(() -> send(this, Closings.this.threads.repeaters()), this.pauseMillis,
							TimeUnit.MILLISECONDS);
				this.pauseMillis = Math.min(2 * this.pauseMillis, LONGEST_PAUSE_MILLIS);
			}
			catch (RejectedExecutionException ex) {
				end(null);
			}
		}

		private void end(@Nullable ReleaseAnswer answer) {
			try {
				this.closed.accept(answer);
			}
			finally {
				Closings.this.pending.decrementAndGet();
			}
		}

	}

}
