/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.annotation.OnLoss;
import io.github.redislocked.annotation.OnTimeout;
import io.github.redislocked.annotation.RedisLocked;

/**
 * Locked methods that return stages.
 */
class LockedStages {

	@RedisLocked(key = "#key", timeout = "30s")
	CompletableFuture<String> run(String key, Supplier<CompletableFuture<String>> body) {
		return body.get();
	}

	@RedisLocked(key = "#key", timeout = "30s")
	CompletionStage<String> stage(String key, Supplier<CompletionStage<String>> body) {
		return body.get();
	}

	@RedisLocked(key = "#key", expire = "100ms", onLoss = OnLoss.INTERRUPT)
	CompletableFuture<String> interrupted(String key, CompletableFuture<String> result) {
		return result;
	}

	@RedisLocked(key = "#key", timeout = "0")
	CompletableFuture<String> impatient(String key, Supplier<CompletableFuture<String>> body) {
		return body.get();
	}

	@RedisLocked(key = "#key", timeout = "0", onTimeout = OnTimeout.SKIP)
	CompletableFuture<String> skipped(String key) {
		return CompletableFuture.completedFuture("ran");
	}

	@RedisLocked(key = "#key", timeout = "0", fallback = "instead")
	CompletableFuture<String> withFallback(String key) {
		return CompletableFuture.completedFuture("ran");
	}

	private CompletableFuture<String> instead(String key, LockNotAcquiredException ex) {
		return CompletableFuture.supplyAsync(() -> "instead of " + ex.key());
	}

	@RedisLocked(key = "#key", timeout = "0", fallback = "broken")
	CompletableFuture<String> withBrokenFallback(String key) {
		return CompletableFuture.completedFuture("ran");
	}

	private CompletableFuture<String> broken(String key) {
		throw new NoClassDefFoundError("missing");
	}

}
