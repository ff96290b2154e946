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

/**
 * What nobody observes.
 */
enum Unobserved implements LockObserver.Wait, LockObserver.Hold {

	INSTANCE;

	@Override
	public LockObserver.Hold acquired(long fencingToken, LockOrigin origin) {
		return this;
	}

	@Override
	public void shared() {
		// Nobody observes it.
	}

	@Override
	public void failed(LockNotAcquired.Reason reason, Throwable failure) {
		// Nobody observes it.
	}

	@Override
	public void renewed(LockObserver.RenewalOutcome outcome) {
		// Nobody observes it.
	}

	@Override
	public void released() {
		// Nobody observes it.
	}

	@Override
	public void lost(LeaseLost.Noticed noticed) {
		// Nobody observes it.
	}

}
