/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The leases of one engine that are held.
 */
final class HeldLocks {

	private final Set<HeldLock> locks = ConcurrentHashMap.newKeySet();

	void add(HeldLock lock) {
		this.locks.add(lock);
	}

	void remove(HeldLock lock) {
		this.locks.remove(lock);
	}

	Stream<HeldLock> stream() {
		return this.locks.stream();
	}

	boolean isEmpty() {
		return this.locks.isEmpty();
	}

	/**
	 * Releases what is still held at the end of the engine's life.
	 */
	void evictAll() {
		List.copyOf(this.locks).forEach((lock) -> lock.evict(Loss.AT_CLOSE));
	}

}
