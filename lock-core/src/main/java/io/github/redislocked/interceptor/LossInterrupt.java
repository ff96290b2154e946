/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.util.List;

import io.github.redislocked.Lease;
import io.github.redislocked.annotation.OnLoss;
import org.jspecify.annotations.Nullable;

/**
 * Interrupts the thread that runs a method when a lock of the method is lost: while the
 * method runs, and never afterwards.
 */
final class LossInterrupt implements AutoCloseable {

	private @Nullable Thread runner = Thread.currentThread();

	private boolean interrupted;

	private LossInterrupt() {
	}

	/**
	 * Begins to watch for the calling thread, if the method wants that.
	 * @param leases the leases the method runs under
	 * @param onLoss what the method wants
	 * @return to be closed by the calling thread when the method has ended
	 */
	static LossInterrupt watch(List<Lease> leases, OnLoss onLoss) {
		LossInterrupt watch = new LossInterrupt();
		if (onLoss == OnLoss.INTERRUPT) {
			leases.forEach((lease) -> lease.onLost(watch::lost));
		}
		return watch;
	}

	private synchronized void lost() {
		if (this.runner != null && !this.runner.isInterrupted()) {
			this.interrupted = true;
			this.runner.interrupt();
		}
	}

	/**
	 * Ends the watch. An interrupt that came too late for the method to see it is taken
	 * back; one that was there before the loss stays.
	 */
	@Override
	public synchronized void close() {
		this.runner = null;
		if (this.interrupted) {
			Thread.interrupted();
		}
	}

}
