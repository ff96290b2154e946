/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.redislocked.LeaseLost;
import io.github.redislocked.LockNotAcquired;
import io.github.redislocked.LockObserver;
import io.github.redislocked.LockOrigin;
import io.github.redislocked.LockStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Remembers in words what it saw: who asked, and what became of it.
 */
public final class RecordedObserver implements LockObserver {

	private final List<String> seen = new CopyOnWriteArrayList<>();

	private final AtomicInteger refusals = new AtomicInteger();

	private final AtomicInteger troubles = new AtomicInteger();

	private final List<Thread> askers = new CopyOnWriteArrayList<>();

	public List<String> seen() {
		return List.copyOf(this.seen);
	}

	/**
	 * Returns how often Redis has answered that somebody else has the lock.
	 * @return the number of answers
	 */
	public int refusals() {
		return this.refusals.get();
	}

	/**
	 * Returns how often Redis could not be asked.
	 * @return the number of commands that failed
	 */
	public int troubles() {
		return this.troubles.get();
	}

	/**
	 * Returns who called when something began.
	 * @return the threads, in their order
	 */
	public List<Thread> askers() {
		return List.copyOf(this.askers);
	}

	@Override
	public Wait begin(String key, @Nullable String name) {
		this.askers.add(Thread.currentThread());
		this.seen.add("begin " + name);
		return new Recorded(name);
	}

	private final class Recorded implements Wait, Hold {

		private final @Nullable String name;

		private Recorded(@Nullable String name) {
			this.name = name;
		}

		private void saw(Object what) {
			RecordedObserver.this.seen.add(what + " " + this.name);
		}

		@Override
		public Hold acquired(long fencingToken, LockOrigin origin) {
			saw(origin);
			return this;
		}

		@Override
		public void refused() {
			RecordedObserver.this.refusals.incrementAndGet();
		}

		@Override
		public void troubled(LockStoreException failure) {
			RecordedObserver.this.troubles.incrementAndGet();
		}

		@Override
		public void shared() {
			saw("shared");
		}

		@Override
		public void failed(LockNotAcquired.Reason reason, Throwable failure) {
			saw(reason + " by " + failure.getClass().getSimpleName());
		}

		@Override
		public void renewed(RenewalOutcome outcome) {
			saw("renewal " + outcome);
		}

		@Override
		public void released() {
			saw("released");
		}

		@Override
		public void lost(LeaseLost.Noticed noticed) {
			saw("lost " + noticed);
		}

	}

}
