/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.contention;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * When a run is measured, on the monotonic clock, which all processes of one machine
 * share on Linux. Everything before it is warm-up.
 *
 * @param begin first reading of the clock that counts, in nanoseconds
 * @param end first reading that no longer counts
 */
record Window(long begin, long end) {

	static Window of(String text) {
		String[] parts = text.split(" ");
		return new Window(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
	}

	boolean contains(long time) {
		return time - this.begin >= 0 && time - this.end < 0;
	}

	boolean isOver() {
		return System.nanoTime() - this.end >= 0;
	}

	double seconds() {
		return (this.end - this.begin) / (double) TimeUnit.SECONDS.toNanos(1);
	}

	static void pauseUntil(long time) {
		for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
			LockSupport.parkNanos(left);
		}
	}

	@Override
	public String toString() {
		return this.begin + " " + this.end;
	}

}
