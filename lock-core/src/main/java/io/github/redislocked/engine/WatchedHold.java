/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;

import io.github.redislocked.LeaseLost;
import io.github.redislocked.LockObserver;
import io.github.redislocked.LockObserver.RenewalOutcome;
import org.jspecify.annotations.Nullable;

/**
 * One lock that is held, as somebody beside its holder sees it; the end of a
 * {@link WatchedCall}.
 *
 * @param parts what the engine shares
 * @param hold what the observers are told, or {@code null} if there are none
 * @param since when it was acquired, on the monotonic clock
 */
record WatchedHold(Parts parts, LockObserver.@Nullable Hold hold, long since) {

	Duration lasted() {
		return Duration.ofNanos(this.parts.now() - this.since);
	}

	void renewed(RenewalOutcome outcome) {
		if (this.hold != null) {
			this.hold.renewed(outcome);
		}
	}

	void released() {
		if (this.hold != null) {
			this.hold.released();
		}
	}

	void lost(LeaseLost.Noticed noticed) {
		if (this.hold != null) {
			this.hold.lost(noticed);
		}
	}

}
