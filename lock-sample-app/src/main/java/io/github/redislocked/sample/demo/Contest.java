/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockTemplate;

/**
 * Four contenders who all want one lock. Each tries whenever a second begins, unless it
 * still waits or works; who wins works for two seconds. So one wins at once, one after a
 * wait, and the others give up, until their turn comes.
 */
class Contest {

	private static final int CONTENDERS = 4;

	private static final Duration WORK = Duration.ofSeconds(2);

	private static final LockSpec SPEC = LockSpec.of("demo")
		.expire(Duration.ofSeconds(10))
		.timeout(Duration.ofSeconds(3));

	private final LockTemplate locks;

	private final PrintStream out;

	private final Duration length;

	private long start;

	Contest(LockTemplate locks, PrintStream out) {
		this(locks, out, Duration.ofSeconds(12));
	}

	Contest(LockTemplate locks, PrintStream out, Duration length) {
		this.locks = locks;
		this.out = out;
		this.length = length;
	}

	/**
	 * Runs the contest to its end.
	 */
	void run() throws InterruptedException {
		// The first command opens the connection, which is no part of the contest.
		this.locks.acquire(LockSpec.of("warm-up")).close();
		this.start = System.nanoTime();
		this.out.printf(
				"%d contenders try lock '%s' once a second for %d s; each waits 3 s at most and works for 2 s%n",
				CONTENDERS, SPEC.key(), this.length.toSeconds());
		ExecutorService threads = Executors.newFixedThreadPool(CONTENDERS);
		try {
			List<Contender> contenders = IntStream.rangeClosed(1, CONTENDERS).mapToObj(Contender::new).toList();
			CompletableFuture<?>[] ends = contenders.stream()
				.map((contender) -> contender.contend(threads))
				.toArray(CompletableFuture<?>[]::new);
			CompletableFuture.allOf(ends).join();
			contenders.forEach(Contender::printScore);
		}
		finally {
			threads.shutdownNow();
		}
	}

	private Duration elapsed() {
		return Duration.ofNanos(System.nanoTime() - this.start);
	}

	private static String seconds(Duration duration) {
		return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
	}

	private final class Contender {

		private final int number;

		private int won;

		private int gaveUp;

		Contender(int number) {
			this.number = number;
		}

		CompletableFuture<Void> contend(ExecutorService threads) {
			return CompletableFuture.runAsync(this::attempt, threads).thenCompose((done) -> {
				if (elapsed().compareTo(Contest.this.length) >= 0) {
					return CompletableFuture.completedFuture(null);
				}
				long toNextSecond = 1000 - elapsed().toMillis() % 1000;
				CompletableFuture<Void> nextSecond = new CompletableFuture<>();
				return nextSecond.completeOnTimeout(null, toNextSecond, TimeUnit.MILLISECONDS)
					.thenCompose((begun) -> contend(threads));
			});
		}

		private void attempt() {
			Duration begin = elapsed();
			try {
				Optional<Lease> lease = Contest.this.locks.tryAcquire(SPEC);
				String waited = "after " + seconds(elapsed().minus(begin));
				if (lease.isEmpty()) {
					this.gaveUp++;
					print("gave up " + waited);
					return;
				}
				try (Lease held = lease.get()) {
					this.won++;
					print("won " + waited + ", fencing token " + held.fencingToken());
					work();
					print("is done");
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException("The contest was interrupted", ex);
			}
		}

		private void work() {
			new CompletableFuture<Void>().completeOnTimeout(null, WORK.toMillis(), TimeUnit.MILLISECONDS).join();
		}

		private void print(String event) {
			Contest.this.out.printf("%6s  contender %d %s%n", seconds(elapsed()), this.number, event);
		}

		private void printScore() {
			Contest.this.out.printf("contender %d: won %d, gave up %d%n", this.number, this.won, this.gaveUp);
		}

	}

}
