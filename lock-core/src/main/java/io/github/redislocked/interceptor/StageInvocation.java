/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.redislocked.LockTemplate;
import org.aopalliance.intercept.MethodInvocation;

import org.springframework.core.KotlinDetector;

/**
 * Methods that are done when the stage they return is complete.
 */
final class StageInvocation implements LockInvocation {

	@Override
	public boolean handles(Method method) {
		Class<?> type = method.getReturnType();
		return (type == CompletableFuture.class || type == CompletionStage.class)
				&& !KotlinDetector.isSuspendingFunction(method);
	}

	@Override
	public Object invoke(MethodInvocation call, LockedMethod method, LockTemplate locks) {
		return new LockedStage(new LockedCall(call, method, locks)).start();
	}

}
