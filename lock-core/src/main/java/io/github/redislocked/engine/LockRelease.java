/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.github.redislocked.store.LockCommands;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.ReleaseAnswer;
import org.jspecify.annotations.Nullable;

/**
 * Gives one lock back, by the calling thread or in the background, as often as it takes:
 * until Redis has answered, or cannot hold the lock any longer.
 */
final class LockRelease {

	private final Parts parts;

	private final String key;

	private final OwnerToken token;

	private final Runnable over;

	private long mayLastUntil;

	/**
	 * Prepares the release of a lock that has just been acquired.
	 * @param parts what the engine shares
	 * @param terms the terms of the acquisition
	 * @param grant what it was given
	 * @param over called after each release, when the lock is over
	 */
	LockRelease(Parts parts, Terms terms, Grant grant, Runnable over) {
		this.parts = parts;
		this.key = terms.key();
		this.token = grant.token();
		this.over = over;
		this.mayLastUntil = grant.mayLastUntil();
		mayLastUntil(parts.now() + terms.expire().toNanos());
	}

	/**
	 * Notes until when Redis may keep the lock at most, whatever became of a renewal.
	 * @param until the moment, on the monotonic clock
	 */
	synchronized void mayLastUntil(long until) {
		if (until - this.mayLastUntil > 0) {
			this.mayLastUntil = until;
		}
	}

	synchronized long mayLastUntil() {
		return this.mayLastUntil;
	}

	/**
	 * Releases by the calling thread, and goes on in the background if that fails.
	 * @return the answer, or {@code null} if it failed
	 */
	@Nullable ReleaseAnswer now() {
		return now(() -> send(this.parts.store()));
	}

	/**
	 * Releases by the calling thread, in a command that asks for the lock again, and goes
	 * on in the background if that fails.
	 * @param heir for whom it is asked
	 * @return the answer to the release, or {@code null} if it failed
	 */
	@Nullable ReleaseAnswer now(Inheritance heir) {
		return now(() -> heir.attempt(this.parts.store(), this.token, this.parts.now()));
	}

	/**
	 * Releases without blocking the caller, and goes on in the background if that fails.
	 * @return completes with the answer, or with {@code null} if it failed
	 */
	CompletableFuture<@Nullable ReleaseAnswer> soon() {
		return soon(() -> send(this.parts.background().forCallers()));
	}

	/**
	 * Releases without blocking the caller, in a command that asks for the lock again,
	 * and goes on in the background if that fails.
	 * @param heir for whom it is asked
	 * @return completes with the answer to the release, or with {@code null} if it failed
	 */
	CompletableFuture<@Nullable ReleaseAnswer> soon(Inheritance heir) {
		return soon(() -> heir.attempt(this.parts.background().forCallers(), this.token, this.parts.now()));
	}

	/**
	 * Releases in the background.
	 */
	void later() {
		this.parts.closings()
			.repeat(this.key, () -> send(this.parts.background().forClosings()), this::hasEnded, this.over);
	}

	private @Nullable ReleaseAnswer now(Supplier<CompletionStage<ReleaseAnswer>> first) {
		return this.parts.closings().now(this.key, first, () -> send(this.parts.store()), this::hasEnded, this.over);
	}

	private CompletableFuture<@Nullable ReleaseAnswer> soon(Supplier<CompletionStage<ReleaseAnswer>> first) {
		return this.parts.closings()
			.soon(this.key, first, () -> send(this.parts.background().forCallers()), this::hasEnded, this.over);
	}

	private CompletionStage<ReleaseAnswer> send(LockCommands commands) {
		return commands.release(this.key, this.token);
	}

	private synchronized boolean hasEnded(boolean hopeless) {
		return this.parts.now() - this.mayLastUntil > 0;
	}

}
