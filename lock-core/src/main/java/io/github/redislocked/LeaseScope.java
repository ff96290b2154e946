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
 * Scopes nest; each is closed by the thread that opened it, as a rule the innermost
 * first. Adapters (an interceptor, a publisher) bind leases through it; application code
 * uses {@link Lease#run} and {@link Lease#call}.
 *
 * @since 0.1.0
 */
public final class LeaseScope implements AutoCloseable {

	private static final ThreadLocal<@Nullable LeaseScope> INNERMOST = new ThreadLocal<>();

	private final @Nullable Lease lease;

	/**
	 * What is current beside the lease.
	 */
	private final @Nullable LeaseScope outer;

	/**
	 * What is current when this scope has ended.
	 */
	private final @Nullable LeaseScope before;

	private boolean closed;

	private LeaseScope(@Nullable Lease lease, @Nullable LeaseScope outer, @Nullable LeaseScope before) {
		this.lease = lease;
		this.outer = outer;
		this.before = before;
	}

	/**
	 * Makes a lease the current one of this thread.
	 * @param lease the lease
	 * @return the scope, to be closed by the same thread
	 */
	public static LeaseScope open(Lease lease) {
		LeaseScope before = INNERMOST.get();
		LeaseScope scope = new LeaseScope(lease, before, before);
		INNERMOST.set(scope);
		return scope;
	}

	/**
	 * Makes leases the current ones of this thread, and no others: where work goes on
	 * that was begun elsewhere.
	 * @param leases the leases, the innermost first, as {@link #leases} gave them
	 * @return the scope, to be closed by the same thread
	 */
	public static LeaseScope replace(List<Lease> leases) {
		LeaseScope before = INNERMOST.get();
		LeaseScope outer = null;
		for (int i = leases.size() - 1; i > 0; i--) {
			outer = new LeaseScope(leases.get(i), outer, null);
		}
		LeaseScope scope = new LeaseScope(leases.isEmpty() ? null : leases.get(0), outer, before);
		INNERMOST.set(scope);
		return scope;
	}

	/**
	 * Returns all leases that are current on this thread, for {@link #replace} on
	 * another.
	 * @return the leases, innermost first
	 */
	public static List<Lease> leases() {
		List<Lease> leases = new ArrayList<>();
		for (LeaseScope scope = INNERMOST.get(); scope != null; scope = scope.outer) {
			if (scope.lease != null && !scope.closed) {
				leases.add(scope.lease);
			}
		}
		leases.addAll(LeaseSurrounding.leases());
		return leases.stream().distinct().toList();
	}

	static Optional<Lease> current() {
		for (LeaseScope scope = INNERMOST.get(); scope != null; scope = scope.outer) {
			if (scope.lease != null && !scope.closed) {
				return Optional.of(scope.lease);
			}
		}
		return LeaseSurrounding.leases().stream().findFirst();
	}

	static Optional<Lease> current(String key) {
		for (LeaseScope scope = INNERMOST.get(); scope != null; scope = scope.outer) {
			if (scope.lease != null && !scope.closed && scope.lease.key().equals(key)) {
				return Optional.of(scope.lease);
			}
		}
		return LeaseSurrounding.leases().stream().filter((lease) -> lease.key().equals(key)).findFirst();
	}

	/**
	 * Ends the scope: the lease that was current before it is current again. If a scope
	 * inside it is still open, that stays so, and only this one's lease is not current
	 * any more. The second and every further call does nothing.
	 * @throws IllegalStateException if the scope was opened by another thread, for which
	 * it stays open
	 */
	@Override
	public void close() {
		if (this.closed) {
			return;
		}
		LeaseScope innermost = INNERMOST.get();
		LeaseScope found = innermost;
		while (found != null && found != this) {
			found = found.before;
		}
		if (found == null) {
			throw new IllegalStateException("The scope of %s is closed by a thread that has not opened it"
				.formatted((this.lease != null) ? "lock '" + this.lease.key() + "'" : "no lock"));
		}
		this.closed = true;
		while (innermost != null && innermost.closed) {
			innermost = innermost.before;
		}
		if (innermost != null) {
			INNERMOST.set(innermost);
		}
		else {
			INNERMOST.remove();
		}
	}

}
