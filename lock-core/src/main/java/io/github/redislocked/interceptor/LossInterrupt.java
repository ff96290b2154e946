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

	private static final AutoCloseable NONE = () -> {
	};

	private static final ThreadLocal<@Nullable LossInterrupt> INNERMOST = new ThreadLocal<>();

	private final @Nullable LossInterrupt outer = INNERMOST.get();

	private @Nullable Thread runner = Thread.currentThread();

	private boolean interrupted;

	private boolean missed;

	private LossInterrupt() {
	}

	/**
	 * Begins to watch for the calling thread, if the method wants that.
	 * @param leases the leases the method runs under
	 * @param onLoss what the method wants
	 * @return to be closed by the calling thread when the method has ended
	 */
	static AutoCloseable watch(List<Lease> leases, OnLoss onLoss) {
		if (onLoss != OnLoss.INTERRUPT) {
			return NONE;
		}
		LossInterrupt watch = new LossInterrupt();
		INNERMOST.set(watch);
		leases.forEach((lease) -> lease.onLost(watch::lost));
		return watch;
	}

	private synchronized void lost() {
		if (this.runner == null) {
			return;
		}
		if (this.runner.isInterrupted()) {
			this.missed = true;
		}
		else {
			this.interrupted = true;
			this.runner.interrupt();
		}
	}

	/**
	 * Ends the watch. An interrupt that came too late for the method to see it is taken
	 * back; one that was there before the loss stays, and so does that of a method around
	 * this one whose lock was lost meanwhile.
	 */
	@Override
	public void close() {
		synchronized (this) {
			this.runner = null;
			if (this.interrupted) {
				Thread.interrupted();
			}
		}
		if (this.outer == null) {
			INNERMOST.remove();
		}
		else {
			INNERMOST.set(this.outer);
			this.outer.catchUp();
		}
	}

	private synchronized void catchUp() {
		if (this.missed) {
			this.missed = false;
			lost();
		}
	}

}
