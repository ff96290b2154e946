/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.transaction;

import java.time.Duration;

import io.github.redislocked.Lease;
import io.github.redislocked.LeaseScope;
import io.github.redislocked.LockLostException;

/**
 * Looks for leases that are known to be lost. Redis is not asked.
 */
final class LostLeases {

	private static final Duration LEAST = Duration.ofMillis(1);

	private LostLeases() {
	}

	/**
	 * Requires that none of the current leases is lost.
	 * @throws LockLostException if one is
	 */
	static void requireNone() {
		LeaseScope.leases().forEach(LostLeases::requireNotLost);
	}

	/**
	 * Requires that a lease is not lost. One that was closed before its time is not.
	 * @param lease the lease
	 * @throws LockLostException if it is
	 */
	static void requireNotLost(Lease lease) {
		if (lease.isHeld()) {
			return;
		}
		try {
			// Says when and how it was lost; no command is sent for a lease that is over.
			lease.renew(LEAST);
		}
		catch (IllegalStateException ex) {
			// It has been closed.
		}
	}

}
