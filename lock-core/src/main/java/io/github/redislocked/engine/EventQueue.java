/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

import io.github.redislocked.FrequentLockEvent;
import io.github.redislocked.LockEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Events on their way to one receiver, which gets them one after the other on a thread
 * for callbacks. Whoever brings one never waits, and learns of no failure.
 */
final class EventQueue {

	private static final Log logger = LogFactory.getLog(EventQueue.class);

	/**
	 * More are dropped: a receiver that hangs must not fill the heap.
	 */
	static final int MOST = 10_000;

	/**
	 * More of the frequent kinds are dropped, to keep room for the others.
	 */
	static final int MOST_FREQUENT = MOST / 2;

	private final EngineThreads threads;

	private final Consumer<LockEvent> receiver;

	private final Queue<LockEvent> events = new ArrayDeque<>();

	private boolean busy;

	private boolean overfull;

	EventQueue(EngineThreads threads, Consumer<LockEvent> receiver) {
		this.threads = threads;
		this.receiver = receiver;
	}

	void add(LockEvent event) {
		if (isToBeServed(event)) {
			try {
				this.threads.tell(this::serve);
			}
			catch (Throwable ex) {
				idle();
				logger.error("There is no thread to tell of events of locks", ex);
			}
		}
	}

	private synchronized boolean isToBeServed(LockEvent event) {
		if (this.events.size() >= ((event instanceof FrequentLockEvent) ? MOST_FREQUENT : MOST)) {
			if (!this.overfull) {
				this.overfull = true;
				logger.warn("A listener to locks does not keep up: events are dropped");
			}
			return false;
		}
		this.events.add(event);
		boolean idle = !this.busy;
		this.busy = true;
		return idle;
	}

	private void serve() {
		boolean served = false;
		try {
			for (LockEvent event = next(); event != null; event = next()) {
				tell(event);
			}
			served = true;
		}
		finally {
			if (!served) {
				idle();
			}
		}
	}

	private void tell(LockEvent event) {
		try {
			this.receiver.accept(event);
		}
		catch (Throwable ex) {
			logger.error("A listener to locks failed", ex);
		}
	}

	private synchronized @Nullable LockEvent next() {
		LockEvent event = this.events.poll();
		this.busy = event != null;
		this.overfull &= this.busy;
		return event;
	}

	// The next event tries anew, and takes along what has come before it.
	private synchronized void idle() {
		this.busy = false;
	}

}
