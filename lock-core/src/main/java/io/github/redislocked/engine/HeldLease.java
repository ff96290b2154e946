/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.redislocked.Lease;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockSpec;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The lease that one caller works with.
 */
final class HeldLease implements Lease {

	private static final Log logger = LogFactory.getLog(HeldLease.class);

	private final HeldLock lock;

	private final List<Runnable> callbacks = new ArrayList<>(0);

	private boolean lossTold;

	private volatile boolean closed;

	HeldLease(HeldLock lock) {
		this.lock = lock;
	}

	/**
	 * Returns what this lease shares with others on the same acquisition.
	 * @return the lock
	 */
	HeldLock lock() {
		return this.lock;
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
			throw new IllegalStateException("The lease on '%s' has been closed; acquire it again".formatted(key()));
		}
		if (!this.lock.isHeld()) {
			throw this.lock.lost();
		}
		this.lock.watch().renewNow(expire);
	}

	@Override
	public void onLost(Runnable callback) {
		synchronized (this) {
			if (this.closed) {
				return;
			}
			if (!this.lossTold && !this.lock.isLost()) {
				this.callbacks.add(callback);
				return;
			}
		}
		tell(callback);
	}

	@Override
	public void close() {
		if (isFirstToClose() && this.lock.ends(this)) {
			this.lock.released(this.lock.release().now());
		}
	}

	@Override
	public CompletionStage<Void> closeAsync() {
		try {
			return (isFirstToClose() && this.lock.ends(this))
					? this.lock.release()
						.soon()
						.thenAcceptAsync(this.lock::released, this.lock.parts().threads().callbacks())
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
	 * Tells the holder that the lock is lost.
	 */
	void tellLost() {
		List<Runnable> told;
		synchronized (this) {
			this.lossTold = true;
			told = List.copyOf(this.callbacks);
			this.callbacks.clear();
		}
		told.forEach(this::tell);
	}

	private void tell(Runnable callback) {
		this.lock.parts().threads().callbacks().execute(() -> {
			try {
				callback.run();
			}
			catch (Throwable ex) {
				logger.error("A callback for the loss of a lock failed", ex);
			}
		});
	}

	@Override
	public String toString() {
		return "Lease[key=%s, fencingToken=%d]".formatted(key(), fencingToken());
	}

}
