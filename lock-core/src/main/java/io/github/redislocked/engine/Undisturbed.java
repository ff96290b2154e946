/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Commands that a thread sends and awaits whether it has been interrupted or not.
 */
final class Undisturbed {

	private Undisturbed() {
	}

	/**
	 * Sends a command and waits for its answer. The thread's interrupt flag is put aside:
	 * a driver that sees it gives up a command that may not have been sent.
	 * @param command sends the command
	 * @param <T> type of the answer
	 * @return the answer
	 * @throws RuntimeException what the command failed with
	 */
	static <T> T join(Supplier<CompletionStage<T>> command) {
		boolean interrupted = Thread.interrupted();
		try {
			return command.get().toCompletableFuture().join();
		}
		catch (CompletionException ex) {
			throw (Repeat.unwrap(ex) instanceof RuntimeException failure) ? failure : ex;
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

}
