/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * How a caller waits: with its own thread, or without any.
 */
interface Parking {

	/**
	 * Waits until a future is done, or some time has passed, whichever is first.
	 * @param future what is waited for; how it ends does not matter
	 * @param nanos the longest wait
	 * @return completes after the wait; fails with an {@link InterruptedException} if the
	 * waiting thread was interrupted
	 */
	CompletionStage<Void> park(CompletableFuture<?> future, long nanos);

	/**
	 * Returns whether a failed command failed because the calling thread was interrupted,
	 * and clears the thread's interrupt flag.
	 * @param failure what the command failed with
	 * @return {@code true} if it was an interrupt
	 */
	boolean interrupted(Throwable failure);

}
