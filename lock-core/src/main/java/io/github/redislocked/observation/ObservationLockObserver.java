/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.observation;

import io.github.redislocked.LeaseLost;
import io.github.redislocked.LockNotAcquired;
import io.github.redislocked.LockObserver;
import io.github.redislocked.LockOrigin;
import io.github.redislocked.observation.LockAcquireObservationContext.Outcome;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Makes an observation of each caller on its way to a lock, and of each lock that is
 * held; from them come timers and traces. They begin and end on different threads, so
 * none of them is ever the current observation of a thread.
 *
 * @since 0.1.0
 * @see LockObservationDocumentation
 */
public final class ObservationLockObserver implements LockObserver {

	private final ObservationRegistry registry;

	private final @Nullable LockAcquireObservationConvention acquireConvention;

	private final @Nullable LockHoldObservationConvention holdConvention;

	private final LockAcquireObservationConvention defaultAcquireConvention;

	private final LockHoldObservationConvention defaultHoldConvention;

	/**
	 * Creates an observer.
	 * @param registry where observations are made; none is while it is a no-op
	 * @param keys whether the keys of the locks are in traces. They may hold personal
	 * data
	 */
	public ObservationLockObserver(ObservationRegistry registry, boolean keys) {
		this(registry, keys, null, null);
	}

	/**
	 * Creates an observer with conventions of the application's own.
	 * @param registry where observations are made; none is while it is a no-op
	 * @param keys whether the keys of the locks are in traces, by the default conventions
	 * @param acquireConvention the convention for callers on their way to a lock, or
	 * {@code null} for the one that the registry has for all, or the default one
	 * @param holdConvention the convention for locks that are held, or {@code null}
	 * likewise
	 */
	public ObservationLockObserver(ObservationRegistry registry, boolean keys,
			@Nullable LockAcquireObservationConvention acquireConvention,
			@Nullable LockHoldObservationConvention holdConvention) {
		this.registry = registry;
		this.acquireConvention = acquireConvention;
		this.holdConvention = holdConvention;
		this.defaultAcquireConvention = new DefaultLockAcquireObservationConvention(keys);
		this.defaultHoldConvention = new DefaultLockHoldObservationConvention(keys);
	}

	@Override
	public Wait begin(String key, @Nullable String name) {
		if (this.registry.isNoop()) {
			return Unobserved.INSTANCE;
		}
		LockAcquireObservationContext context = new LockAcquireObservationContext(key, name);
		return new ObservedWait(context,
				LockObservationDocumentation.ACQUIRE
					.observation(this.acquireConvention, this.defaultAcquireConvention, () -> context, this.registry)
					.start());
	}

	private Hold hold(LockAcquireObservationContext wait, long fencingToken) {
		LockHoldObservationContext context = new LockHoldObservationContext(wait.getKey(), wait.getLockName(),
				fencingToken);
		Observation observation = LockObservationDocumentation.HOLD.observation(this.holdConvention,
				this.defaultHoldConvention, () -> context, this.registry);
		// The thread may be that of another caller, who has passed the lock on.
		context.setParentObservation(wait.getParentObservation());
		return new ObservedHold(context, observation.start());
	}

	private final class ObservedWait implements Wait {

		private final LockAcquireObservationContext context;

		private final Observation observation;

		private ObservedWait(LockAcquireObservationContext context, Observation observation) {
			this.context = context;
			this.observation = observation;
		}

		@Override
		public Hold acquired(long fencingToken, LockOrigin origin) {
			end(Outcome.ACQUIRED, origin);
			return hold(this.context, fencingToken);
		}

		@Override
		public void shared() {
			end(Outcome.REENTRANT, null);
		}

		@Override
		public void failed(LockNotAcquired.Reason reason, Throwable failure) {
			if (reason == LockNotAcquired.Reason.FAILURE) {
				this.observation.error(failure);
			}
			end(switch (reason) {
				case TIMEOUT -> Outcome.TIMEOUT;
				case CANCELLED -> Outcome.CANCELLED;
				case FAILURE -> Outcome.ERROR;
			}, null);
		}

		private void end(Outcome outcome, @Nullable LockOrigin origin) {
			this.context.ended(outcome, origin);
			this.observation.stop();
		}

	}

	private record ObservedHold(LockHoldObservationContext context, Observation observation) implements Hold {

		@Override
		public void renewed(RenewalOutcome outcome) {
			// Counted only.
		}

		@Override
		public void released() {
			end(LockHoldObservationContext.Outcome.RELEASED);
		}

		@Override
		public void lost(LeaseLost.Noticed noticed) {
			if (noticed == LeaseLost.Noticed.WHILE_HELD) {
				end(LockHoldObservationContext.Outcome.LOST);
			}
		}

		private void end(LockHoldObservationContext.Outcome outcome) {
			this.context.ended(outcome);
			this.observation.stop();
		}

	}

}
