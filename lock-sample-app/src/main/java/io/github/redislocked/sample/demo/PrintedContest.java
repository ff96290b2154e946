/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicIntegerArray;

import io.github.redislocked.Lease;
import io.github.redislocked.sample.demo.Contest.Spectator;

/**
 * Prints what the contenders do, and their scores.
 */
class PrintedContest implements Spectator {

	private final PrintStream out;

	private final AtomicIntegerArray won = new AtomicIntegerArray(Contest.CONTENDERS + 1);

	private final AtomicIntegerArray gaveUp = new AtomicIntegerArray(Contest.CONTENDERS + 1);

	private volatile long start;

	PrintedContest(PrintStream out) {
		this.out = out;
	}

	@Override
	public void begins(String key, Duration length) {
		this.start = System.nanoTime();
		this.out.printf(
				"%d contenders try lock '%s' once a second for %d s; each waits 3 s at most and works for 2 s%n",
				Contest.CONTENDERS, key, length.toSeconds());
	}

	@Override
	public void won(int contender, Lease lease, Duration waited) {
		this.won.incrementAndGet(contender);
		print(contender, "won after " + seconds(waited) + ", fencing token " + lease.fencingToken());
	}

	@Override
	public void isDone(int contender) {
		print(contender, "is done");
	}

	@Override
	public void gaveUp(int contender, Duration waited) {
		this.gaveUp.incrementAndGet(contender);
		print(contender, "gave up after " + seconds(waited));
	}

	void printScores() {
		for (int contender = 1; contender <= Contest.CONTENDERS; contender++) {
			this.out.printf("contender %d: won %d, gave up %d%n", contender, this.won.get(contender),
					this.gaveUp.get(contender));
		}
	}

	private void print(int contender, String event) {
		Duration elapsed = Duration.ofNanos(System.nanoTime() - this.start);
		this.out.printf("%6s  contender %d %s%n", seconds(elapsed), contender, event);
	}

	private static String seconds(Duration duration) {
		return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
	}

}
