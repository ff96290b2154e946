/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The calling thread waits itself, so that a blocking caller never hops threads.
 */
final class ThreadParking implements Parking {

	static final ThreadParking INSTANCE = new ThreadParking();

	private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

	private ThreadParking() {
	}

	@Override
	public CompletionStage<Void> park(CompletableFuture<?> future, long nanos) {
		try {
			future.get(nanos, TimeUnit.NANOSECONDS);
			return DONE;
		}
		catch (TimeoutException | ExecutionException ex) {
			return DONE;
		}
		catch (InterruptedException ex) {
			return CompletableFuture.failedStage(ex);
		}
	}

	@Override
	public boolean interrupted(Throwable failure) {
		// Drivers differ in whether they leave the flag set.
		boolean flag = Thread.interrupted();
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof InterruptedException) {
				return true;
			}
		}
		return flag;
	}

}
