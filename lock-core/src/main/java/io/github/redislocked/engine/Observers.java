/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.redislocked.LeaseLost;
import io.github.redislocked.LockNotAcquired;
import io.github.redislocked.LockObserver;
import io.github.redislocked.LockOrigin;
import io.github.redislocked.LockStoreException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * All observers as one. What one of them throws disturbs neither the lock nor another.
 */
final class Observers implements LockObserver {

	private static final Log logger = LogFactory.getLog(Observers.class);

	private final List<LockObserver> observers;

	private final AtomicBoolean failed = new AtomicBoolean();

	private Observers(List<LockObserver> observers) {
		this.observers = observers;
	}

	static @Nullable LockObserver of(List<LockObserver> observers) {
		return observers.isEmpty() ? null : new Observers(List.copyOf(observers));
	}

	@Override
	public Wait begin(String key, @Nullable String name) {
		return new Waits(map(this.observers, (observer) -> observer.begin(key, name)));
	}

	private <A, B> List<B> map(List<A> all, Function<A, B> step) {
		List<B> results = new ArrayList<>(all.size());
		forEach(all, (each) -> results.add(step.apply(each)));
		return results;
	}

	private <A> void forEach(List<A> all, Consumer<A> step) {
		for (A each : all) {
			try {
				step.accept(each);
			}
			catch (Throwable ex) {
				failed(ex);
			}
		}
	}

	// They are called with every use of a lock: one error says enough.
	private void failed(Throwable failure) {
		if (this.failed.compareAndSet(false, true)) {
			logger.error("An observer of locks failed; further failures are logged at DEBUG", failure);
		}
		else {
			logger.debug("An observer of locks failed", failure);
		}
	}

	private final class Waits implements Wait {

		private final List<Wait> waits;

		private Waits(List<Wait> waits) {
			this.waits = waits;
		}

		@Override
		public Hold acquired(long fencingToken, LockOrigin origin) {
			return new Holds(map(this.waits, (wait) -> wait.acquired(fencingToken, origin)));
		}

		@Override
		public void refused() {
			forEach(this.waits, Wait::refused);
		}

		@Override
		public void troubled(LockStoreException failure) {
			forEach(this.waits, (wait) -> wait.troubled(failure));
		}

		@Override
		public void shared() {
			forEach(this.waits, Wait::shared);
		}

		@Override
		public void failed(LockNotAcquired.Reason reason, Throwable failure) {
			forEach(this.waits, (wait) -> wait.failed(reason, failure));
		}

	}

	private final class Holds implements Hold {

		private final List<Hold> holds;

		private Holds(List<Hold> holds) {
			this.holds = holds;
		}

		@Override
		public void renewed(RenewalOutcome outcome) {
			forEach(this.holds, (hold) -> hold.renewed(outcome));
		}

		@Override
		public void released() {
			forEach(this.holds, Hold::released);
		}

		@Override
		public void lost(LeaseLost.Noticed noticed) {
			forEach(this.holds, (hold) -> hold.lost(noticed));
		}

	}

}
