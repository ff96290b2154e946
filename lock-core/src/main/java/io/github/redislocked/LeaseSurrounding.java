/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Makes leases current outside of all {@linkplain LeaseScope scopes} of the running
 * thread: leases that outlive the code that acquired them, because a transaction keeps
 * them. It takes the place of the one that was open on the thread before, until it is
 * closed, which any thread may do, in any order.
 *
 * @since 0.1.0
 */
public final class LeaseSurrounding implements AutoCloseable {

	private static final ThreadLocal<@Nullable LeaseSurrounding> LATEST = new ThreadLocal<>();

	private final List<Lease> leases;

	private final @Nullable LeaseSurrounding before;

	private volatile boolean closed;

	private LeaseSurrounding(List<Lease> leases, @Nullable LeaseSurrounding before) {
		this.leases = leases;
		this.before = before;
	}

	/**
	 * Surrounds this thread with leases.
	 * @param leases the leases, innermost first; what is added to the list later becomes
	 * current too
	 * @return what ends it
	 */
	public static LeaseSurrounding open(List<Lease> leases) {
		LeaseSurrounding surrounding = new LeaseSurrounding(leases, latest());
		LATEST.set(surrounding);
		return surrounding;
	}

	static List<Lease> leases() {
		LeaseSurrounding latest = latest();
		return (latest != null) ? latest.leases : List.of();
	}

	// Another thread cannot take off what it closes: that is done by the next look.
	private static @Nullable LeaseSurrounding latest() {
		LeaseSurrounding latest = LATEST.get();
		LeaseSurrounding open = latest;
		while (open != null && open.closed) {
			open = open.before;
		}
		if (open == null) {
			LATEST.remove();
		}
		else if (open != latest) {
			LATEST.set(open);
		}
		return open;
	}

	/**
	 * Ends it: what was current before it on its thread is current again, unless that has
	 * been closed meanwhile. The second and every further call does nothing.
	 */
	@Override
	public void close() {
		this.closed = true;
		latest();
	}

}
