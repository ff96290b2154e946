/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Connections of Lettuce's that one caller has to itself, a bounded number. They are kept
 * for the next one, unless they come from a pool: to open one takes longer than what is
 * done with it.
 */
final class LettuceConnections implements AutoCloseable {

	private static final int MOST = 16;

	private final RedisConnectionFactory connectionFactory;

	private final Deque<LettuceReplicas> idle = new ArrayDeque<>();

	private final Deque<CompletableFuture<LettuceReplicas>> waiting = new ArrayDeque<>();

	private int open;

	private boolean closed;

	private volatile @Nullable Boolean spoken;

	LettuceConnections(RedisConnectionFactory connectionFactory) {
		this.connectionFactory = connectionFactory;
	}

	/**
	 * Returns whether the driver is Lettuce. The first call asks, by the calling thread.
	 * @return {@code true} if it is
	 */
	boolean areSpoken() {
		Boolean known = this.spoken;
		if (known == null) {
			try (RedisConnection connection = this.connectionFactory.getConnection()) {
				known = LettuceScripts.areSpokenBy(connection);
				this.spoken = known;
			}
		}
		return known;
	}

	/**
	 * Does something with a connection.
	 * @param work what to do; the connection is free when its stage has completed
	 * @param patience how long to wait for a connection if all are in use
	 * @param <T> type of the result
	 * @return the result
	 */
	<T> CompletionStage<T> use(Function<LettuceReplicas, CompletionStage<T>> work, Duration patience) {
		return take(patience).thenCompose((own) -> {
			CompletionStage<T> working;
			try {
				working = work.apply(own);
			}
			catch (RuntimeException ex) {
				working = CompletableFuture.failedFuture(ex);
			}
			return working.whenComplete((result, failure) -> give(own, failure == null));
		});
	}

	@Override
	public void close() {
		Deque<LettuceReplicas> closing;
		synchronized (this) {
			this.closed = true;
			closing = new ArrayDeque<>(this.idle);
			this.open -= this.idle.size();
			this.idle.clear();
		}
		closing.forEach(LettuceReplicas::close);
	}

	private CompletableFuture<LettuceReplicas> take(Duration patience) {
		synchronized (this) {
			LettuceReplicas free = this.idle.poll();
			if (free != null) {
				return CompletableFuture.completedFuture(free);
			}
			if (this.open == MOST) {
				CompletableFuture<LettuceReplicas> turn = new CompletableFuture<>();
				this.waiting.add(turn);
				return turn.orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS);
			}
			this.open++;
		}
		try {
			return CompletableFuture.completedFuture(LettuceReplicas.on(this.connectionFactory));
		}
		catch (Throwable ex) {
			gone();
			throw ex;
		}
	}

	// What has failed may still be in the middle of something.
	private void give(LettuceReplicas own, boolean intact) {
		if (!intact || !own.isKept() || isClosed()) {
			// The driver's threads have no time for that.
			CompletableFuture.runAsync(own::close).whenComplete((done, failure) -> gone());
			return;
		}
		CompletableFuture<LettuceReplicas> next = nextFor(own);
		while (next != null && !next.complete(own)) {
			next = nextFor(own);
		}
	}

	private synchronized @Nullable CompletableFuture<LettuceReplicas> nextFor(LettuceReplicas own) {
		CompletableFuture<LettuceReplicas> next = this.waiting.poll();
		if (next == null) {
			this.idle.push(own);
		}
		return next;
	}

	private synchronized boolean isClosed() {
		return this.closed;
	}

	// Somebody who waits may open another connection in the place of one that is gone.
	private void gone() {
		CompletableFuture<LettuceReplicas> next;
		synchronized (this) {
			next = this.waiting.poll();
			if (next == null) {
				this.open--;
				return;
			}
		}
		CompletableFuture.supplyAsync(() -> LettuceReplicas.on(this.connectionFactory)).whenComplete((own, failure) -> {
			if (failure != null) {
				next.completeExceptionally(failure);
				gone();
			}
			else if (!next.complete(own)) {
				give(own, true);
			}
		});
	}

}
