/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;

import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import org.jspecify.annotations.Nullable;

/**
 * A further lease on a lock whose holder asks for it again, inside its own scope.
 */
final class SharedLease {

	private final HeldLease lease;

	private final Duration expire;

	private SharedLease(HeldLease lease, Duration expire) {
		this.lease = lease;
		this.expire = expire;
	}

	/**
	 * Opens a further lease on the current one of the calling thread.
	 * @param spec which lock
	 * @param parts the parts of the engine that is asked
	 * @return the lease, or {@code null} if none of this engine is current and held
	 */
	static @Nullable SharedLease of(LockSpec spec, Parts parts) {
		if (Lease.current(spec.key()).orElse(null) instanceof HeldLease current && current.isHeld()
				&& current.lock().parts() == parts) {
			HeldLease lease = current.lock().lease();
			return (lease != null) ? new SharedLease(lease, spec.expire().orElse(Duration.ZERO)) : null;
		}
		return null;
	}

	/**
	 * Returns whether the lease has to be lengthened first.
	 * @return {@code true} if a longer expire was asked for than the lock has
	 */
	boolean isLonger() {
		return this.expire.compareTo(this.lease.lock().watch().expire()) > 0;
	}

	/**
	 * Returns the lease, lengthened if need be: by one command, never shortened.
	 * @return the lease
	 */
	HeldLease get() {
		if (isLonger()) {
			try {
				this.lease.renew(this.expire);
			}
			catch (RuntimeException ex) {
				this.lease.lock().leave(this.lease);
				throw ex;
			}
		}
		return this.lease;
	}

}
