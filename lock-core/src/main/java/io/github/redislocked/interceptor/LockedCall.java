/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.github.redislocked.Lease;
import io.github.redislocked.LeaseScope;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockTemplate;
import io.github.redislocked.annotation.OnLoss;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.interceptor.ExposeInvocationInterceptor;

/**
 * One call of a locked method whose result ends later. It may be carried out any number
 * of times, each under locks of its own; what is locked is decided when the call is made.
 *
 * @since 0.1.0
 */
public final class LockedCall {

	private final MethodInvocation call;

	private final LockedMethod method;

	private final LockTemplate locks;

	private final Supplier<Runnable> callerContext;

	private List<LockSpec> specs = List.of();

	private @Nullable Throwable unusable;

	LockedCall(MethodInvocation call, LockedMethod method, LockTemplate locks) {
		this.call = call;
		this.method = method;
		this.locks = locks;
		this.callerContext = method.callerContext().capture();
		try {
			this.specs = method.specs(call);
		}
		catch (Throwable ex) {
			// The caller is told through the result.
			this.unusable = ex;
		}
	}

	/**
	 * Returns which method is called.
	 * @return the method
	 */
	public Method method() {
		return this.call.getMethod();
	}

	/**
	 * Returns whether the work is to be cancelled when a lock is lost.
	 * @return {@code true} if that is what the annotation says
	 */
	public boolean isCancelledOnLoss() {
		return this.method.onLoss() == OnLoss.INTERRUPT;
	}

	/**
	 * Begins to take the locks. A key on which one of the thread's current leases is held
	 * is shared.
	 * @return the leases, to be {@linkplain #close closed}. Cancelling the future ends
	 * the wait and leaves nothing
	 */
	public CompletableFuture<List<Lease>> acquire() {
		if (this.unusable != null) {
			return CompletableFuture.failedFuture(this.unusable);
		}
		try {
			return this.locks.acquireAllAsync(this.specs).toCompletableFuture();
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	/**
	 * Calls the method.
	 * @param leases the leases that are current while it runs, the innermost first
	 * @return what it returns, whose end is the end of the work
	 * @throws Throwable what it throws
	 */
	public Object proceed(List<Lease> leases) throws Throwable {
		// An invocation proceeds once; this one may be repeated, or called by a thread
		// that goes on while its caller does so too.
		MethodInvocation once = (this.call instanceof ProxyMethodInvocation proxied) ? proxied.invocableClone()
				: this.call;
		requireHeld(leases);
		Runnable afterwards = this.callerContext.get();
		LeaseScope scope = LeaseScope.replace(leases);
		Object result;
		try {
			// Advice inside the lock looks for the invocation on its own thread.
			result = ExposeInvocationInterceptor.INSTANCE.invoke(once);
		}
		finally {
			scope.close();
			afterwards.run();
		}
		if (result == null) {
			throw new IllegalStateException(
					method() + " returned null instead of a " + method().getReturnType().getName());
		}
		return result;
	}

	private static void requireHeld(List<Lease> leases) {
		for (Lease lease : leases) {
			if (!lease.isHeld()) {
				throw new LockLostException(lease.key(), Duration.ZERO, "its lease was over before the method began");
			}
		}
	}

	/**
	 * Does what the annotation says when the locks were not acquired.
	 * @param timeout why they were not
	 * @return what takes the place of the method's result, {@code null} if it is skipped
	 * @throws Throwable what the caller receives instead
	 */
	public @Nullable Object withoutLocks(LockNotAcquiredException timeout) throws Throwable {
		return this.method.timeoutAction().apply(this.call, timeout);
	}

	/**
	 * Gives leases back after the work.
	 * @param leases the leases
	 * @param failure how the work failed, {@code null} if it did not
	 * @return complete when all are closed. Fails with the failure of the work, to which
	 * those of the leases are added as suppressed, or with the first of a lease
	 */
	public static CompletableFuture<Void> close(List<Lease> leases, @Nullable Throwable failure) {
		List<CompletableFuture<@Nullable Throwable>> closing = new ArrayList<>();
		for (Lease lease : leases) {
			closing.add(failureOf(lease));
		}
		return CompletableFuture.allOf(closing.toArray(CompletableFuture[]::new)).thenCompose((closed) -> {
			Throwable first = failure;
			for (CompletableFuture<@Nullable Throwable> each : closing) {
				Throwable next = each.join();
				if (first == null) {
					first = next;
				}
				else if (next != null && next != first) {
					first.addSuppressed(next);
				}
			}
			return (first != null) ? CompletableFuture.failedFuture(first) : CompletableFuture.completedFuture(null);
		});
	}

	/**
	 * Returns what failed behind the wrappers that stages put around it.
	 * @param failure a failure seen by a stage
	 * @return the failure itself
	 */
	public static Throwable unwrap(Throwable failure) {
		Throwable unwrapped = failure;
		while (unwrapped instanceof CompletionException && unwrapped.getCause() != null) {
			unwrapped = unwrapped.getCause();
		}
		return unwrapped;
	}

	private static CompletableFuture<@Nullable Throwable> failureOf(Lease lease) {
		CompletionStage<Void> closing;
		try {
			closing = lease.closeAsync();
		}
		catch (RuntimeException ex) {
			return CompletableFuture.completedFuture(ex);
		}
		return closing.<@Nullable Throwable>handle((closed, failure) -> (failure != null) ? unwrap(failure) : null)
			.toCompletableFuture();
	}

}
