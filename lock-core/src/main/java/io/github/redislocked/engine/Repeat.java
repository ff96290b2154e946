/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Composes asynchronous steps. Steps that are complete at once are run one after the
 * other by the calling thread, in a loop and not by recursion: a wait may take thousands.
 */
final class Repeat {

	private Repeat() {
	}

	/**
	 * Returns the answer of a step that is to be repeated.
	 * @param <T> type of the result
	 * @return a stage of {@code null}
	 */
	static <T> CompletionStage<@Nullable T> onceMore() {
		return CompletableFuture.completedStage(null);
	}

	/**
	 * Repeats a step until it has a result or fails.
	 * @param step the step; its stage completes with {@code null} for "once more"
	 * @param <T> type of the result
	 * @return the future result
	 */
	static <T> CompletableFuture<T> untilPresent(Supplier<CompletionStage<@Nullable T>> step) {
		CompletableFuture<T> result = new CompletableFuture<>();
		iterate(step, result);
		return result;
	}

	/**
	 * Lets a function decide how things go on after a stage, whether it fails or not.
	 * @param stage the stage
	 * @param next what follows, given the value or the failure
	 * @param <A> type of the value
	 * @param <B> type of what follows
	 * @return what follows
	 */
	static <A, B> CompletionStage<@Nullable B> then(CompletionStage<A> stage,
			BiFunction<@Nullable A, @Nullable Throwable, CompletionStage<@Nullable B>> next) {
		return stage.handle((value, failure) -> next.apply(value, (failure != null) ? unwrap(failure) : null))
			.thenCompose(Function.identity());
	}

	/**
	 * Returns what failed behind the wrappers that stages put around it.
	 * @param failure a failure seen by a stage
	 * @return the failure itself
	 */
	static Throwable unwrap(Throwable failure) {
		Throwable unwrapped = failure;
		while (unwrapped instanceof CompletionException && unwrapped.getCause() != null) {
			unwrapped = unwrapped.getCause();
		}
		return unwrapped;
	}

	/**
	 * Waits for a result with the calling thread.
	 * @param future the future result
	 * @param <T> its type
	 * @return the result
	 * @throws InterruptedException if that is how the future failed
	 */
	static <T> T join(CompletableFuture<T> future) throws InterruptedException {
		try {
			return future.join();
		}
		catch (CompletionException ex) {
			Throwable failure = unwrap(ex);
			if (failure instanceof InterruptedException interrupt) {
				throw interrupt;
			}
			if (failure instanceof RuntimeException runtimeFailure) {
				throw runtimeFailure;
			}
			if (failure instanceof Error error) {
				throw error;
			}
			throw new IllegalStateException(failure);
		}
	}

	private static <T> void iterate(Supplier<CompletionStage<@Nullable T>> step, CompletableFuture<T> result) {
		try {
			while (true) {
				CompletableFuture<@Nullable T> stage = step.get().toCompletableFuture();
				if (!stage.isDone()) {
					stage.whenComplete((value, failure) -> {
						if (failure != null) {
							result.completeExceptionally(unwrap(failure));
						}
						else if (value != null) {
							result.complete(value);
						}
						else {
							iterate(step, result);
						}
					});
					return;
				}
				T value = stage.join();
				if (value != null) {
					result.complete(value);
					return;
				}
			}
		}
		catch (Throwable ex) {
			result.completeExceptionally(unwrap(ex));
		}
	}

}
