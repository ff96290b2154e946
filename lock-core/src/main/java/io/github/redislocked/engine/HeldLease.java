/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.redislocked.LockCallback;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.ThreadBoundLease;
import org.jspecify.annotations.Nullable;

/**
 * The lease that one caller works with.
 */
final class HeldLease implements ThreadBoundLease {

	private final HeldLock lock;

	private final LossCallbacks callbacks;

	private volatile boolean closed;

	HeldLease(HeldLock lock) {
		this.lock = lock;
		this.callbacks = new LossCallbacks(this, lock.parts().threads()::tell);
	}

	/**
	 * Returns what this lease shares with others on the same acquisition.
	 * @return the lock
	 */
	HeldLock lock() {
		return this.lock;
	}

	/**
	 * Binds this lease to the calling thread, which has acquired it by a call that
	 * blocks.
	 * @return this lease
	 */
	HeldLease bind() {
		this.callbacks.threads().bind();
		return this;
	}

	@Override
	public void unbind() {
		this.callbacks.threads().unbind();
	}

	@Override
	public void run(Runnable action) {
		this.callbacks.threads().takeOver();
		ThreadBoundLease.super.run(action);
	}

	@Override
	public <T extends @Nullable Object, E extends Throwable> T call(LockCallback<T, E> action) throws E {
		this.callbacks.threads().takeOver();
		return ThreadBoundLease.super.call(action);
	}

	@Override
	public String key() {
		return this.lock.terms().key();
	}

	@Override
	public String ownerToken() {
		return this.lock.grant().token().toString();
	}

	@Override
	public long fencingToken() {
		return this.lock.grant().fencingToken();
	}

	@Override
	public boolean isHeld() {
		return !this.closed && this.lock.isHeld();
	}

	@Override
	public Duration remaining() {
		return this.closed ? Duration.ZERO : Duration.ofNanos(this.lock.remainingNanos());
	}

	@Override
	public void renew(Duration expire) {
		LockSpec.of(key()).expire(expire);
		if (this.closed) {
			throw closed();
		}
		this.callbacks.threads().takeOver();
		if (this.lock.isHeld()) {
			Undisturbed.join(() -> this.lock.watch().renew(this.lock.parts().store(), expire));
		}
		if (!this.lock.isHeld()) {
			throw this.lock.isLost() ? this.lock.lost() : closed();
		}
	}

	private IllegalStateException closed() {
		return new IllegalStateException("The lease on '%s' has been closed; acquire it again".formatted(key()));
	}

	@Override
	public void onLost(Runnable callback) {
		if (!this.closed) {
			this.callbacks.add(callback);
		}
	}

	@Override
	public void close() {
		if (isFirstToClose() && this.lock.ends(this)) {
			this.lock.released(this, this.lock.handOver().now());
		}
	}

	@Override
	public CompletionStage<Void> closeAsync() {
		try {
			return (isFirstToClose() && this.lock.ends(this)) ? this.lock.handOver()
				.soon()
				.thenAcceptAsync((answer) -> this.lock.released(this, answer), this.lock.parts().threads().callbacks())
					: CompletableFuture.completedFuture(null);
		}
		catch (LockLostException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private synchronized boolean isFirstToClose() {
		boolean first = !this.closed;
		this.closed = true;
		return first;
	}

	/**
	 * Returns whom to tell when the lock is lost.
	 * @return the callbacks of this lease
	 */
	LossCallbacks callbacks() {
		return this.callbacks;
	}

	@Override
	public String toString() {
		return "Lease[key=%s, fencingToken=%d]".formatted(key(), fencingToken());
	}

}
