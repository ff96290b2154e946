/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.actuate;

import java.util.List;

import io.github.redislocked.inspection.LeaseSnapshot;
import io.github.redislocked.inspection.MethodSnapshot;
import io.github.redislocked.inspection.WaiterSnapshot;

/**
 * The locks of this process.
 *
 * @param heldCount how many leases it holds
 * @param held the first {@value #MOST} of them, by key
 * @param waitingCount how many callers wait in it
 * @param waiting the first {@value #MOST} of them, by key
 * @param methods its annotated methods, and how each was understood
 * @since 0.1.0
 */
public record InstanceLocks(int heldCount, List<LeaseSnapshot> held, int waitingCount, List<WaiterSnapshot> waiting,
		List<MethodSnapshot> methods) {

	/**
	 * How many leases, and how many waiters, are listed at most.
	 */
	public static final int MOST = 1000;

	static InstanceLocks of(List<LeaseSnapshot> held, List<WaiterSnapshot> waiting, List<MethodSnapshot> methods) {
		return new InstanceLocks(held.size(), first(held), waiting.size(), first(waiting), methods);
	}

	private static <T> List<T> first(List<T> all) {
		return all.subList(0, Math.min(MOST, all.size()));
	}

}
