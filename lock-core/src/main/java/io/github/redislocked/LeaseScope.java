/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Makes a lease the current one of the running thread, for as long as the scope is open.
 * Scopes nest; each is closed by the thread that opened it, innermost first. Adapters (an
 * interceptor, a publisher, a transaction) bind leases through it; application code uses
 * {@link Lease#run} and {@link Lease#call}.
 *
 * @since 0.1.0
 */
public final class LeaseScope implements AutoCloseable {

	private static final ThreadLocal<@Nullable LeaseScope> INNERMOST = new ThreadLocal<>();

	private final Lease lease;

	private final @Nullable LeaseScope outer;

	private LeaseScope(Lease lease, @Nullable LeaseScope outer) {
		this.lease = lease;
		this.outer = outer;
	}

	/**
	 * Makes a lease the current one of this thread.
	 * @param lease the lease
	 * @return the scope, to be closed by the same thread
	 */
	public static LeaseScope open(Lease lease) {
		LeaseScope scope = new LeaseScope(lease, INNERMOST.get());
		INNERMOST.set(scope);
		return scope;
	}

	static Optional<Lease> current() {
		LeaseScope scope = INNERMOST.get();
		return (scope != null) ? Optional.of(scope.lease) : Optional.empty();
	}

	static Optional<Lease> current(String key) {
		for (LeaseScope scope = INNERMOST.get(); scope != null; scope = scope.outer) {
			if (scope.lease.key().equals(key)) {
				return Optional.of(scope.lease);
			}
		}
		return Optional.empty();
	}

	/**
	 * Ends the scope: the lease that was current before it is current again.
	 * @throws IllegalStateException if this is not the innermost scope of the thread
	 */
	@Override
	public void close() {
		if (INNERMOST.get() != this) {
			throw new IllegalStateException(
					"The scope of lock '%s' is closed out of order or by another thread; close scopes innermost first, by the thread that opened them"
						.formatted(this.lease.key()));
		}
		if (this.outer != null) {
			INNERMOST.set(this.outer);
		}
		else {
			INNERMOST.remove();
		}
	}

}
