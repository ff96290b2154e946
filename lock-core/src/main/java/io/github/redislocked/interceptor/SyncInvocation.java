/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

import io.github.redislocked.Lease;
import io.github.redislocked.LeaseScope;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockTemplate;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * Methods that are done when they return.
 */
final class SyncInvocation implements LockInvocation {

	@Override
	public boolean handles(Method method) {
		return ResultKind.of(method) == ResultKind.NOW;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation call, LockedMethod method, LockTemplate locks) throws Throwable {
		List<Lease> leases;
		try {
			leases = acquire(method.specs(call), locks);
		}
		catch (LockNotAcquiredException ex) {
			if (ex.getCause() instanceof InterruptedException) {
				throw ex;
			}
			return finished(method.timeoutAction().apply(call, ex), call);
		}
		return finished(proceed(call, method, leases), call);
	}

	private static List<Lease> acquire(List<LockSpec> specs, LockTemplate locks) {
		long start = System.nanoTime();
		try {
			return (specs.size() == 1) ? List.of(locks.acquire(specs.get(0))) : locks.acquireAll(specs);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new LockNotAcquiredException(specs.get(0).key(), Duration.ofNanos(System.nanoTime() - start), null,
					"the waiting thread was interrupted", ex);
		}
	}

	private static @Nullable Object proceed(MethodInvocation call, LockedMethod method, List<Lease> leases)
			throws Throwable {
		Deque<AutoCloseable> open = new ArrayDeque<>();
		// The lease of the first key is to be the innermost.
		List<Lease> outermostFirst = new ArrayList<>(leases);
		Collections.reverse(outermostFirst);
		Deque<Lease> unkept = new ArrayDeque<>(outermostFirst);
		Object result = null;
		Throwable failure = null;
		try {
			while (!unkept.isEmpty()) {
				open.push(method.keeper().keep(unkept.element()));
				unkept.remove();
			}
			outermostFirst.forEach((lease) -> open.push(LeaseScope.open(lease)));
			open.push(LossInterrupt.watch(leases, method.onLoss()));
			result = call.proceed();
		}
		catch (Throwable ex) {
			failure = ex;
		}
		open.addAll(unkept);
		for (AutoCloseable closeable : open) {
			try {
				closeable.close();
			}
			catch (Throwable ex) {
				failure = first(failure, ex);
			}
		}
		if (failure != null) {
			throw failure;
		}
		return result;
	}

	private static Throwable first(@Nullable Throwable failure, Throwable next) {
		if (failure == null) {
			return next;
		}
		if (failure != next) {
			failure.addSuppressed(next);
		}
		return failure;
	}

	// A method declared Object can hide from the reader of the annotation what it
	// returns.
	private static @Nullable Object finished(@Nullable Object result, MethodInvocation call) {
		if (result != null && call.getMethod().getReturnType() == Object.class
				&& ResultKind.of(result.getClass()) != ResultKind.NOW) {
			throw new IllegalStateException(
					"%s returned a %s, which ends after the lock was given back; return its value, or declare the type so that it is checked when the bean is created"
						.formatted(call.getMethod(), result.getClass().getName()));
		}
		return result;
	}

}
