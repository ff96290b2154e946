/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.demo;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
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
public class Contest {

	static final int CONTENDERS = 4;

	private static final Duration WORK = Duration.ofSeconds(2);

	private static final LockSpec SPEC = LockSpec.of("demo")
		.expire(Duration.ofSeconds(10))
		.timeout(Duration.ofSeconds(3));

	private final LockTemplate locks;

	private final Spectator spectator;

	private final Duration length;

	private long start;

	public Contest(LockTemplate locks, Spectator spectator, Duration length) {
		this.locks = locks;
		this.spectator = spectator;
		this.length = length;
	}

	/**
	 * Runs the contest to its end.
	 */
	public void run() throws InterruptedException {
		// The first command opens the connection, which is no part of the contest.
		this.locks.acquire(LockSpec.of("warm-up")).close();
		this.start = System.nanoTime();
		this.spectator.begins(SPEC.key(), this.length);
		ExecutorService threads = Executors.newFixedThreadPool(CONTENDERS);
		try {
			CompletableFuture<?>[] ends = IntStream.rangeClosed(1, CONTENDERS)
				.mapToObj(Contender::new)
				.map((contender) -> contender.contend(threads))
				.toArray(CompletableFuture<?>[]::new);
			CompletableFuture.allOf(ends).get();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("The contest was broken off", ex);
		}
		finally {
			threads.shutdownNow();
		}
	}

	private Duration elapsed() {
		return Duration.ofNanos(System.nanoTime() - this.start);
	}

	private final class Contender {

		private final int number;

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
			Contest.this.spectator.tries(this.number);
			Duration begin = elapsed();
			try {
				Optional<Lease> lease = Contest.this.locks.tryAcquire(SPEC);
				Duration waited = elapsed().minus(begin);
				if (lease.isEmpty()) {
					Contest.this.spectator.gaveUp(this.number, waited);
					return;
				}
				try (Lease held = lease.get()) {
					Contest.this.spectator.won(this.number, held, waited);
					work();
					Contest.this.spectator.isDone(this.number);
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

	}

	/**
	 * Sees what the contenders do; is called by several threads.
	 */
	public interface Spectator {

		/**
		 * The contest begins.
		 * @param key what they want
		 * @param length how long they go on trying
		 */
		default void begins(String key, Duration length) {
		}

		/**
		 * A contender wants the lock.
		 * @param contender number of the contender, from one
		 */
		default void tries(int contender) {
		}

		/**
		 * A contender has the lock.
		 * @param contender number of the contender
		 * @param lease what it has
		 * @param waited how long it has waited
		 */
		void won(int contender, Lease lease, Duration waited);

		/**
		 * A contender is about to release the lock.
		 * @param contender number of the contender
		 */
		void isDone(int contender);

		/**
		 * A contender did not get the lock in time.
		 * @param contender number of the contender
		 * @param waited how long it has waited
		 */
		void gaveUp(int contender, Duration waited);

	}

}
