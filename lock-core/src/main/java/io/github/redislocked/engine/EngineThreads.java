/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of one engine, all of them daemons. The timer only ever hands work on;
 * renewals have workers of their own, so that no caller, no repeated release and no
 * callback holds one up.
 */
final class EngineThreads implements AutoCloseable {

	private static final int CLOSERS = 8;

	/**
	 * Fewer, so that an outage leaves connections of a small pool to others. Once it is
	 * over a repetition takes no time.
	 */
	private static final int REPEATERS = 4;

	private static final int CALLERS = 16;

	private static final int IDLE_SECONDS = 30;

	private final ScheduledThreadPoolExecutor timer;

	private final Pulse pulse;

	private final ExecutorService workers = unbounded("worker");

	private final ExecutorService closers = pool("closer", CLOSERS);

	private final ExecutorService repeaters = pool("repeater", REPEATERS);

	private final ExecutorService callers = pool("caller", CALLERS);

	private final ExecutorService callbacks = unbounded("callback");

	private final AtomicInteger telling = new AtomicInteger();

	private final Set<Runnable> atEnd = ConcurrentHashMap.newKeySet();

	EngineThreads() {
		this.timer = new ScheduledThreadPoolExecutor(1, named("timer"));
		this.timer.setRemoveOnCancelPolicy(true);
		this.pulse = new Pulse(this.timer);
	}

	/**
	 * Returns what starts work later; the work itself belongs on another executor.
	 * @return the timer
	 */
	ScheduledThreadPoolExecutor timer() {
		return this.timer;
	}

	/**
	 * Returns who gives back what callers do not give back themselves.
	 * @return the closers' threads
	 */
	ExecutorService closers() {
		return this.closers;
	}

	/**
	 * Returns what keeps the timer's thread asleep while many use the timer.
	 * @return the pulse
	 */
	Pulse pulse() {
		return this.pulse;
	}

	/**
	 * Returns who gives back once more what could not be given back at first.
	 * @return the repeaters' threads
	 */
	ExecutorService repeaters() {
		return this.repeaters;
	}

	/**
	 * Returns who renews leases. How many there are is up to {@link RenewalLanes}.
	 * @return the workers
	 */
	ExecutorService workers() {
		return this.workers;
	}

	/**
	 * Returns who speaks to the store for callers that do not block.
	 * @return the callers' threads
	 */
	ExecutorService callers() {
		return this.callers;
	}

	/**
	 * Returns who runs code of the application: callbacks, and what follows a stage. Each
	 * has a thread of its own, even when the engine is closed.
	 * @return the threads for callbacks
	 */
	ExecutorService callbacks() {
		return this.callbacks;
	}

	/**
	 * Tells the application of a loss, on one of the threads for callbacks.
	 * @param callback code of the application
	 */
	void tell(Runnable callback) {
		this.telling.incrementAndGet();
		try {
			this.callbacks.execute(() -> {
				try {
					callback.run();
				}
				finally {
					this.telling.decrementAndGet();
				}
			});
		}
		catch (Throwable ex) {
			this.telling.decrementAndGet();
			throw ex;
		}
	}

	/**
	 * Returns whether everybody has been told, and has returned.
	 * @return {@code true} if no code for a loss is under way
	 */
	boolean isAllTold() {
		return this.telling.get() == 0;
	}

	/**
	 * Has something done when the timer has ended, on a thread for code of the
	 * application, in the place of what the timer would have started later.
	 * @param task what to do
	 */
	void atEnd(Runnable task) {
		this.atEnd.add(task);
	}

	/**
	 * Forgets what was to be done at the end.
	 * @param task what was to be done
	 */
	void notAtEnd(Runnable task) {
		this.atEnd.remove(task);
	}

	@Override
	public void close() {
		this.timer.shutdownNow();
		this.atEnd.forEach(this.callbacks::execute);
		this.workers.shutdown();
		this.closers.shutdown();
		this.repeaters.shutdown();
		this.callers.shutdown();
	}

	private static ExecutorService unbounded(String name) {
		return new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(),
				named(name));
	}

	private static ExecutorService pool(String name, int size) {
		ThreadPoolExecutor pool = new ThreadPoolExecutor(size, size, IDLE_SECONDS, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), named(name));
		pool.allowCoreThreadTimeOut(true);
		return pool;
	}

	private static ThreadFactory named(String name) {
		AtomicInteger number = new AtomicInteger();
		return (task) -> {
			Thread thread = new Thread(task, "redis-lock-" + name + "-" + number.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		};
	}

}
