/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import io.github.redislocked.store.AcquireAnswer;
import io.github.redislocked.store.AcquireRequest;
import io.github.redislocked.store.ConfirmAnswer;
import io.github.redislocked.store.LockCommands;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.ReleaseAnswer;
import io.github.redislocked.store.RenewAnswer;
import io.github.redislocked.store.YieldAnswer;

/**
 * Speaks to a store on other threads, for callers that must not block: gives each command
 * there, and brings each answer back there from wherever the store has it.
 */
final class OffloadedCommands implements LockCommands {

	private final Supplier<LockCommands> commands;

	private final Executor executor;

	OffloadedCommands(Supplier<LockCommands> commands, Executor executor) {
		this.commands = commands;
		this.executor = executor;
	}

	@Override
	public CompletionStage<AcquireAnswer> acquire(AcquireRequest request) {
		return offload(() -> this.commands.get().acquire(request), this.executor);
	}

	@Override
	public CompletionStage<RenewAnswer> renew(String key, OwnerToken token, Duration expire) {
		return offload(() -> this.commands.get().renew(key, token, expire), this.executor);
	}

	@Override
	public CompletionStage<ConfirmAnswer> confirm(String key, OwnerToken token, Duration expire, Duration patience) {
		return offload(() -> this.commands.get().confirm(key, token, expire, patience), this.executor);
	}

	@Override
	public CompletionStage<ReleaseAnswer> release(String key, OwnerToken token) {
		return offload(() -> this.commands.get().release(key, token), this.executor);
	}

	@Override
	public CompletionStage<YieldAnswer> yield(OwnerToken former, AcquireRequest request, boolean ahead) {
		return offload(() -> this.commands.get().yield(former, request, ahead), this.executor);
	}

	@Override
	public CompletionStage<ReleaseAnswer> cancel(String key, OwnerToken token) {
		return offload(() -> this.commands.get().cancel(key, token), this.executor);
	}

	/**
	 * Gives one command on another thread.
	 * @param command the command
	 * @param executor where it is given, and where its stage completes
	 * @param <T> type of the answer
	 * @return the answer
	 */
	static <T> CompletableFuture<T> offload(Supplier<CompletionStage<T>> command, Executor executor) {
		return CompletableFuture.supplyAsync(command, executor)
			.thenCompose((stage) -> stage.toCompletableFuture().isDone() ? stage
					: stage.whenCompleteAsync((answer, failure) -> {
					}, executor));
	}

}
