/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.topology;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.github.redislocked.annotation.RedisLocked;

/**
 * A service as an application would have it.
 */
class Shelf {

	@RedisLocked(key = "#book", timeout = "20s")
	<T> T read(String book, Supplier<T> reading) {
		return reading.get();
	}

	@RedisLocked(key = "#book", timeout = "20s")
	<T> CompletionStage<T> readLater(String book, Supplier<T> reading) {
		return CompletableFuture.supplyAsync(reading);
	}

	@RedisLocked(key = "#books", timeout = "1s")
	<T> T readAll(List<String> books, Supplier<T> reading) {
		return reading.get();
	}

}
