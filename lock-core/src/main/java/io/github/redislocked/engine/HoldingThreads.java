/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The threads that have held a lease: the one that acquired it, and those that took it
 * over. When none of them is alive any more, nobody is left to close it. Threads are
 * known weakly, so that neither a lease keeps a thread nor the reverse; a virtual thread
 * that nobody can reach will never run again either.
 */
final class HoldingThreads {

	private @Nullable Set<Thread> threads;

	private boolean bound;

	/**
	 * Binds the lease to the calling thread.
	 */
	synchronized void bind() {
		this.threads = Collections.newSetFromMap(new WeakHashMap<>(2));
		this.bound = true;
		takeOver();
	}

	/**
	 * Notes that the calling thread works with the lease, if a thread acquired it.
	 */
	synchronized void takeOver() {
		if (this.threads != null) {
			this.threads.add(Thread.currentThread());
		}
	}

	/**
	 * Lets the lease outlive its threads, for good.
	 */
	synchronized void unbind() {
		this.bound = false;
	}

	/**
	 * Returns whether there have been any.
	 * @return {@code false} if the lease was acquired without blocking a thread
	 */
	synchronized boolean areKnown() {
		return this.threads != null;
	}

	/**
	 * Returns who they are.
	 * @return the names of those that are alive
	 */
	synchronized List<String> names() {
		return (this.threads != null)
				? this.threads.stream().filter(Thread::isAlive).map(Thread::getName).sorted().toList() : List.of();
	}

	/**
	 * Returns whether the lease has lost its last thread.
	 * @return {@code true} if it is bound, and none of its threads is alive
	 */
	synchronized boolean areGone() {
		if (this.threads == null || !this.bound) {
			return false;
		}
		this.threads.removeIf((thread) -> !thread.isAlive());
		return this.threads.isEmpty();
	}

}
