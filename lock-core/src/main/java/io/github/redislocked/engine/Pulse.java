/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps something due soon on the timer while locks are taken. A task that would be the
 * first one due wakes the timer's thread, which only sees that it has to wait: for each
 * lock taken and given back again, that would cost more than all else that the engine
 * does for it. Behind a pulse that is due earlier, it wakes nobody.
 */
final class Pulse implements Runnable {

	private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	/**
	 * After so many beats that nobody needed, the pulse rests.
	 */
	private static final int VAIN_BEATS = 100;

	private final ScheduledExecutorService timer;

	private final AtomicBoolean beating = new AtomicBoolean();

	private volatile int vain;

	Pulse(ScheduledExecutorService timer) {
		this.timer = timer;
	}

	/**
	 * Notes that the timer is about to be used.
	 */
	void beat() {
		this.vain = 0;
		if (!this.beating.get() && this.beating.compareAndSet(false, true)) {
			next();
		}
	}

	@Override
	public void run() {
		int beats = this.vain + 1;
		this.vain = beats;
		if (beats < VAIN_BEATS) {
			next();
		}
		else {
			this.beating.set(false);
		}
	}

	private void next() {
		try {
			this.timer.schedule(this, PERIOD_NANOS, TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			// The engine is closed, and so is its timer.
			this.beating.set(false);
		}
	}

}
