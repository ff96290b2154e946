/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.util.List;

import io.github.redislocked.LeaseKeeper;
import io.github.redislocked.LockSpec;
import io.github.redislocked.annotation.OnLoss;
import io.github.redislocked.inspection.MethodSnapshot;
import org.aopalliance.intercept.MethodInvocation;

/**
 * A locked method, as its annotation describes it; everything about it that does not
 * depend on the call.
 *
 * @param name the name of the lock in metrics and logs
 * @param keys which locks
 * @param invocation how the method runs under them
 * @param timeoutAction what to do without them
 * @param keeper how long their leases are kept
 * @param onLoss what to do when one of them is lost
 * @param callerContext what travels with the caller
 * @param snapshot what operators see of it
 */
record LockedMethod(String name, LockKeys keys, LockInvocation invocation, TimeoutAction timeoutAction,
		LeaseKeeper keeper, OnLoss onLoss, CallerContext callerContext, MethodSnapshot snapshot) {

	/**
	 * Returns which locks a call takes, and how.
	 * @param call the call
	 * @return at least one spec, in the order of the keys in the annotation
	 * @throws IllegalArgumentException if a key cannot be used
	 */
	List<LockSpec> specs(MethodInvocation call) {
		return this.keys.specs(call);
	}

}
