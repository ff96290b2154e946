/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Whom to tell when a lease is lost. It outlives the lease itself, if the application
 * forgets that without closing it.
 */
final class LossCallbacks {

	private static final Log logger = LogFactory.getLog(LossCallbacks.class);

	private final WeakReference<HeldLease> lease;

	private final HoldingThreads threads = new HoldingThreads();

	private final Executor executor;

	private final List<Runnable> callbacks = new ArrayList<>(0);

	private boolean lost;

	LossCallbacks(HeldLease lease, Executor executor) {
		this.lease = new WeakReference<>(lease);
		this.executor = executor;
	}

	/**
	 * Returns the threads that hold the lease.
	 * @return the threads, none unless it was {@linkplain HoldingThreads#bind() bound}
	 */
	HoldingThreads threads() {
		return this.threads;
	}

	/**
	 * Returns whether the lease was forgotten: the threads that held it have ended, or
	 * nobody can close it any more, and nobody wants to know what becomes of it.
	 * @return {@code true} if nobody is left to close it
	 */
	synchronized boolean isForgotten() {
		return this.threads.areGone() || (this.callbacks.isEmpty() && this.lease.get() == null);
	}

	void add(Runnable callback) {
		synchronized (this) {
			if (!this.lost) {
				this.callbacks.add(callback);
				return;
			}
		}
		tell(callback);
	}

	void tellLost() {
		List<Runnable> told;
		synchronized (this) {
			this.lost = true;
			told = List.copyOf(this.callbacks);
			this.callbacks.clear();
		}
		told.forEach(this::tell);
	}

	private void tell(Runnable callback) {
		this.executor.execute(() -> {
			try {
				callback.run();
			}
			catch (Throwable ex) {
				logger.error("A callback for the loss of a lock failed", ex);
			}
		});
	}

}
