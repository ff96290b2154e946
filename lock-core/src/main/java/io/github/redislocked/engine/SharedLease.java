/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockStoreException;
import io.github.redislocked.store.LockCommands;
import org.jspecify.annotations.Nullable;

/**
 * A further lease on a lock whose holder asks for it again, inside its own scope.
 */
final class SharedLease {

	private final HeldLease lease;

	private final Duration expire;

	private final @Nullable WatchedCall watched;

	private SharedLease(HeldLease lease, LockSpec spec) {
		this.lease = lease;
		this.expire = spec.expire().orElse(Duration.ZERO);
		this.watched = WatchedCall.begin(lease.lock().parts(), spec.key(), spec.name().orElse(null));
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
			return (lease != null) ? new SharedLease(lease, spec) : null;
		}
		return null;
	}

	/**
	 * Returns the lease, lengthened if need be: by one command, never shortened. A
	 * command that fails is repeated within the caller's timeout, if the failure can
	 * pass.
	 * @param commands the commands, as callers of this kind speak to the store
	 * @param budget how long the caller waits
	 * @return the lease, complete if nothing had to be asked; or the failure:
	 * {@link LockStoreException}, {@link io.github.redislocked.LockLostException} or
	 * {@link InterruptedException}
	 */
	CompletableFuture<HeldLease> get(LockCommands commands, WaitBudget budget) {
		CompletableFuture<HeldLease> shared = lengthened(commands, budget);
		WatchedCall call = this.watched;
		return (call != null) ? shared.whenComplete((ignored, failure) -> call.shared(failure)) : shared;
	}

	private CompletableFuture<HeldLease> lengthened(LockCommands commands, WaitBudget budget) {
		if (this.expire.compareTo(this.lease.lock().watch().expire()) <= 0) {
			return CompletableFuture.completedFuture(this.lease);
		}
		return new Lengthening(this.lease, this.expire, commands, budget).run().whenComplete((lengthened, failure) -> {
			if (failure != null) {
				this.lease.lock().leave(this.lease);
			}
		});
	}

}
