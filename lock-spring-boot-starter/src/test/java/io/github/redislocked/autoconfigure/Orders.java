/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.autoconfigure;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.annotation.OnTimeout;
import io.github.redislocked.annotation.RedisLocked;

/**
 * A service as an application would have it.
 */
public class Orders implements OrderDesk {

	@Override
	@RedisLocked(key = "'order:' + #id", timeout = "0")
	public <T> T reserve(String id, Supplier<T> work) {
		return work.get();
	}

	@RedisLocked(key = "'order:' + #id", timeout = "0", onTimeout = OnTimeout.SKIP)
	public Optional<String> reserveOrSkip(String id) {
		return Optional.of("reserved");
	}

	@RedisLocked(key = "'order:' + #id", timeout = "0", fallback = "later")
	public String reserveOrLater(String id) {
		return "reserved";
	}

	@SuppressWarnings("unused")
	private String later(String id, LockNotAcquiredException timeout) {
		return "later, as " + timeout.key() + " is taken";
	}

	/**
	 * Calls as somebody else, not as the holder of what the caller holds.
	 * @param work the call
	 * @param <T> type of its result
	 * @return its result
	 */
	static <T> T elsewhere(Supplier<T> work) {
		return CompletableFuture.supplyAsync(work, (task) -> new Thread(task, "elsewhere").start()).join();
	}

}
