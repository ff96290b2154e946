/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.redislocked.Lease;
import io.github.redislocked.LeaseLost;
import io.github.redislocked.LockNotAcquired;
import io.github.redislocked.LockObserver;
import io.github.redislocked.LockOrigin;
import org.jspecify.annotations.Nullable;

/**
 * Knows of each lock that is held in this process how it came here.
 */
class Origins implements LockObserver {

	private final Map<Acquisition, LockOrigin> origins = new ConcurrentHashMap<>();

	/**
	 * Returns how a lock came to its holder.
	 * @param lease what the holder has
	 * @return the origin, or {@code null} if it has lost the lock by now
	 */
	@Nullable LockOrigin of(Lease lease) {
		return this.origins.get(new Acquisition(lease.key(), lease.fencingToken()));
	}

	@Override
	public Wait begin(String key, @Nullable String name) {
		return new Arrival(key);
	}

	private record Acquisition(String key, long fencingToken) {

	}

	private final class Arrival implements Wait {

		private final String key;

		Arrival(String key) {
			this.key = key;
		}

		@Override
		public Hold acquired(long fencingToken, LockOrigin origin) {
			Acquisition acquisition = new Acquisition(this.key, fencingToken);
			Origins.this.origins.put(acquisition, origin);
			return new Stay(acquisition);
		}

		@Override
		public void shared() {
		}

		@Override
		public void failed(LockNotAcquired.Reason reason, Throwable failure) {
		}

	}

	private final class Stay implements Hold {

		private final Acquisition acquisition;

		Stay(Acquisition acquisition) {
			this.acquisition = acquisition;
		}

		@Override
		public void renewed(RenewalOutcome outcome) {
		}

		@Override
		public void released() {
			Origins.this.origins.remove(this.acquisition);
		}

		@Override
		public void lost(LeaseLost.Noticed noticed) {
			Origins.this.origins.remove(this.acquisition);
		}

	}

}
