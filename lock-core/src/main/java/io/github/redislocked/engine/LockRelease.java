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

	private final HeldLock lock;

	private final String key;

	private final OwnerToken token;

	private final LockNotices notices;

	private final Runnable over;

	private long mayLastUntil;

	private volatile boolean failed;

	/**
	 * Prepares the release of a lock that has just been acquired.
	 * @param lock the lock
	 * @param notices tells what a late answer means
	 * @param over called after each release, when the lock is over
	 */
	LockRelease(HeldLock lock, LockNotices notices, Runnable over) {
		this.lock = lock;
		this.notices = notices;
		this.over = over;
		this.parts = lock.parts();
		this.key = lock.terms().key();
		this.token = lock.grant().token();
		this.mayLastUntil = lock.grant().mayLastUntil();
		mayLastUntil(this.parts.now() + lock.terms().expire().toNanos());
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
	 * Releases by the calling thread a lock that was held until now, and goes on in the
	 * background if that fails.
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
	 * Releases without blocking the caller a lock that was held until now, and goes on in
	 * the background if that fails.
	 * @return completes with the answer, or with {@code null} if it failed
	 */
	CompletableFuture<@Nullable ReleaseAnswer> soon() {
		return soon(() -> send(this.parts.background()));
	}

	/**
	 * Releases without blocking the caller, in a command that asks for the lock again,
	 * and goes on in the background if that fails.
	 * @param heir for whom it is asked
	 * @return completes with the answer to the release, or with {@code null} if it failed
	 */
	CompletableFuture<@Nullable ReleaseAnswer> soon(Inheritance heir) {
		return soon(() -> heir.attempt(this.parts.background(), this.token, this.parts.now()));
	}

	/**
	 * Releases in the background a lock that is known to be lost, or that nobody has
	 * worked under: whatever the answer is, there is nobody to tell.
	 */
	void later() {
		this.parts.closings()
			.repeat(this.key, () -> send(this.parts.background()), this::hasEnded, (answer) -> this.over.run());
	}

	// The holder has gone, so a loss that is seen only now is told to the operators.
	private void closed(@Nullable ReleaseAnswer late) {
		this.over.run();
		if (late == ReleaseAnswer.NOT_OWNED) {
			if (this.parts.now() - this.lock.deadline() < 0) {
				this.notices.lostUnnoticed();
			}
			else {
				this.notices.ranOutUnreleased(this.failed);
			}
		}
	}

	// A repetition has failed; returns whether it was the last.
	private boolean hasFailed(boolean hopeless) {
		boolean ended = hasEnded(hopeless);
		if (ended || !this.failed) {
			this.failed = true;
			this.notices.releaseFailed(ended ? 0 : mayLastUntil() - this.parts.now());
		}
		return ended;
	}

	private @Nullable ReleaseAnswer now(Supplier<CompletionStage<ReleaseAnswer>> first) {
		return this.parts.closings()
			.now(this.key, first, () -> send(this.parts.store()), this::hasFailed, this::closed);
	}

	private CompletableFuture<@Nullable ReleaseAnswer> soon(Supplier<CompletionStage<ReleaseAnswer>> first) {
		return this.parts.closings()
			.soon(this.key, first, () -> send(this.parts.background()), this::hasFailed, this::closed);
	}

	private CompletionStage<ReleaseAnswer> send(LockCommands commands) {
		return commands.release(this.key, this.token);
	}

	private synchronized boolean hasEnded(boolean hopeless) {
		return this.parts.now() - this.mayLastUntil > 0;
	}

}
