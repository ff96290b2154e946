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

	private final @Nullable Lease lease;

	/**
	 * What is current beside the lease.
	 */
	private final @Nullable LeaseScope outer;

	/**
	 * What is current when this scope has ended.
	 */
	private final @Nullable LeaseScope before;

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
	 * Returns all leases that are current on this thread, for {@link #replace} on
	 * another.
	 * @return the leases, innermost first
	 */
	public static List<Lease> leases() {
		List<Lease> leases = new ArrayList<>();
		for (LeaseScope scope = INNERMOST.get(); scope != null; scope = scope.outer) {
			if (scope.lease != null) {
				leases.add(scope.lease);
			}
		}
		leases.addAll(surrounding());
		return leases.stream().distinct().toList();
	}

	static Optional<Lease> current() {
		LeaseScope scope = INNERMOST.get();
		return (scope != null && scope.lease != null) ? Optional.of(scope.lease) : surrounding().stream().findFirst();
	}

	static Optional<Lease> current(String key) {
		for (LeaseScope scope = INNERMOST.get(); scope != null; scope = scope.outer) {
			if (scope.lease != null && scope.lease.key().equals(key)) {
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
					"The scope of %s is closed out of order or by another thread; close scopes innermost first, by the thread that opened them"
						.formatted((this.lease != null) ? "lock '" + this.lease.key() + "'" : "no lock"));
		}
		if (this.before != null) {
			INNERMOST.set(this.before);
		}
		else {
			INNERMOST.remove();
		}
	}

}
