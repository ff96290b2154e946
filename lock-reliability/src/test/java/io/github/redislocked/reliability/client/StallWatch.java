/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.client;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import io.github.redislocked.reliability.history.Span;

/**
 * Notices when this process stands still, be it frozen or on a machine that has too much
 * to do: a thread that wants to run every few milliseconds, and does not.
 */
public final class StallWatch implements AutoCloseable {

	private static final long INTERVAL = 10_000_000;

	private static final long LONGEST = 60_000_000;

	private volatile boolean closed;

	private StallWatch() {
	}

	/**
	 * Watches from now on.
	 * @param told who is told of each time in which the process stood still
	 * @return what ends it
	 */
	public static StallWatch start(Consumer<Span> told) {
		StallWatch watch = new StallWatch();
		Thread thread = new Thread(() -> watch.watch(told), "stall-watch");
		thread.setDaemon(true);
		thread.start();
		return watch;
	}

	private void watch(Consumer<Span> told) {
		long before = System.nanoTime();
		while (!this.closed) {
			LockSupport.parkNanos(INTERVAL);
			long now = System.nanoTime();
			if (now - before > LONGEST) {
				told.accept(new Span(before, now));
			}
			before = now;
		}
	}

	@Override
	public void close() {
		this.closed = true;
	}

}
