/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Calls at one moment, which may be moved, until it is off for good.
 */
final class Alarm {

	private final Parts parts;

	private final Runnable call;

	private @Nullable Future<?> pending;

	private volatile boolean off;

	/**
	 * Creates an alarm that is not set.
	 * @param parts what the engine shares
	 * @param call what to call; it runs on the timer, and must return at once
	 */
	Alarm(Parts parts, Runnable call) {
		this.parts = parts;
		this.call = call;
	}

	synchronized void set(long at) {
		if (this.off) {
			return;
		}
		if (this.pending != null) {
			this.pending.cancel(false);
		}
		try {
			this.parts.threads().pulse().beat();
			this.pending = this.parts.threads()
				.timer()
				.schedule(this.call, at - this.parts.now(), TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			// The engine is closed, and with it the watch; isHeld() still knows the end.
			this.off = true;
		}
	}

	synchronized void off() {
		this.off = true;
		if (this.pending != null) {
			this.pending.cancel(false);
		}
	}

	boolean isOff() {
		return this.off;
	}

}
