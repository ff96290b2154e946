/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked;

import java.util.ArrayList;
import java.util.List;
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

	private static final ThreadLocal<@Nullable List<Lease>> SURROUNDING = new ThreadLocal<>();

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

	/**
	 * Makes leases current outside of all scopes of this thread, in place of those that
	 * were so before: leases that outlive the code that acquired them, because a
	 * transaction keeps them.
	 * @param leases the leases, innermost first, or {@code null} for none; what is added
	 * to the list later becomes current too
	 */
	public static void surround(@Nullable List<Lease> leases) {
		if (leases != null) {
			SURROUNDING.set(leases);
		}
		else {
			SURROUNDING.remove();
		}
	}

	/**
	 * Returns all leases that are current on this thread.
	 * @return the leases, innermost first
	 */
	public static List<Lease> leases() {
		List<Lease> leases = new ArrayList<>();
		for (LeaseScope scope = INNERMOST.get(); scope != null; scope = scope.outer) {
			leases.add(scope.lease);
		}
		leases.addAll(surrounding());
		return leases;
	}

	static Optional<Lease> current() {
		LeaseScope scope = INNERMOST.get();
		return (scope != null) ? Optional.of(scope.lease) : surrounding().stream().findFirst();
	}

	static Optional<Lease> current(String key) {
		for (LeaseScope scope = INNERMOST.get(); scope != null; scope = scope.outer) {
			if (scope.lease.key().equals(key)) {
				return Optional.of(scope.lease);
			}
		}
		return surrounding().stream().filter((lease) -> lease.key().equals(key)).findFirst();
	}

	private static List<Lease> surrounding() {
		List<Lease> leases = SURROUNDING.get();
		return (leases != null) ? leases : List.of();
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
