/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * No thread waits; what follows runs on an executor, never on the thread that ended the
 * wait.
 */
final class TimerParking implements Parking {

	private final ScheduledExecutorService timer;

	private final Executor executor;

	TimerParking(ScheduledExecutorService timer, Executor executor) {
		this.timer = timer;
		this.executor = executor;
	}

	@Override
	public CompletionStage<Void> park(CompletableFuture<?> future, long nanos) {
		if (future.isDone()) {
			return CompletableFuture.completedStage(null);
		}
		CompletableFuture<Void> over = new CompletableFuture<>();
		Future<?> timeout = this.timer.schedule(() -> over.complete(null), nanos, TimeUnit.NANOSECONDS);
		future.whenComplete((value, failure) -> {
			timeout.cancel(false);
			over.complete(null);
		});
		return over.thenRunAsync(() -> {
		}, this.executor);
	}

	@Override
	public boolean interrupted(Throwable failure) {
		return false;
	}

}
