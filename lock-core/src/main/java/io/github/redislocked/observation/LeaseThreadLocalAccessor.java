/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.observation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.github.redislocked.Lease;
import io.github.redislocked.LeaseScope;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Lets the current leases travel with Micrometer's context propagation: to other threads
 * by a snapshot, and between threads and the context of a Reactor pipeline. Found as a
 * service where that library is there; nothing has to be registered.
 *
 * @since 0.1.0
 */
public final class LeaseThreadLocalAccessor implements ThreadLocalAccessor<List<Lease>> {

	// Micrometer sets and resets in pairs, on one thread.
	private static final ThreadLocal<Deque<LeaseScope>> OPEN = ThreadLocal.withInitial(ArrayDeque::new);

	/**
	 * {@inheritDoc}
	 * <p>
	 * Also the key under which a Reactor context holds them.
	 */
	@Override
	public Object key() {
		return LeaseScope.class;
	}

	@Override
	public @Nullable List<Lease> getValue() {
		List<Lease> leases = LeaseScope.leases();
		return leases.isEmpty() ? null : leases;
	}

	@Override
	public void setValue(List<Lease> leases) {
		OPEN.get().push(LeaseScope.replace(leases));
	}

	@Override
	public void setValue() {
		setValue(List.of());
	}

	@Override
	public void restore(List<Lease> previous) {
		restore();
	}

	@Override
	public void restore() {
		Deque<LeaseScope> open = OPEN.get();
		LeaseScope scope = open.poll();
		if (scope != null) {
			scope.close();
		}
		if (open.isEmpty()) {
			OPEN.remove();
		}
	}

}
