/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.lang.reflect.Method;

import io.github.redislocked.LockTemplate;
import org.aopalliance.intercept.MethodInvocation;

/**
 * Methods whose results an adapter knows.
 *
 * @param adapter the adapter
 */
record AdaptedInvocation(ResultAdapter adapter) implements LockInvocation {

	@Override
	public boolean handles(Method method) {
		return this.adapter.handles(method);
	}

	@Override
	public boolean canSkip(Method method) {
		return this.adapter.canBeEmpty(method);
	}

	@Override
	public Object invoke(MethodInvocation call, LockedMethod method, LockTemplate locks) {
		return this.adapter.adapt(new LockedCall(call, method, locks));
	}

}
