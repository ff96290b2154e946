/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

import io.github.redislocked.LockEvent;
import io.github.redislocked.LockListener;
import org.jspecify.annotations.Nullable;

/**
 * Brings events to the listeners. Each has a queue of its own, so that none holds up
 * another. Who they are is asked when there is first something to tell, and on a thread
 * for callbacks: finding them may take long, and may need locks.
 */
final class LockEvents {

	private final EngineThreads threads;

	private final Supplier<? extends Collection<LockListener>> listeners;

	private final EventQueue all;

	private volatile @Nullable List<EventQueue> queues;

	LockEvents(EngineThreads threads, Supplier<? extends Collection<LockListener>> listeners) {
		this.threads = threads;
		this.listeners = listeners;
		this.all = new EventQueue(threads, this::distribute);
	}

	/**
	 * Tells an event to every listener, later.
	 * @param event makes the event, if anybody is to be told
	 */
	void publish(Supplier<? extends LockEvent> event) {
		List<EventQueue> known = this.queues;
		if (known == null || !known.isEmpty()) {
			this.all.add(event.get());
		}
	}

	private void distribute(LockEvent event) {
		List<EventQueue> known = this.queues;
		if (known == null) {
			known = this.listeners.get()
				.stream()
				.map((listener) -> new EventQueue(this.threads, listener::onLockEvent))
				.toList();
			this.queues = known;
		}
		known.forEach((queue) -> queue.add(event));
	}

}
