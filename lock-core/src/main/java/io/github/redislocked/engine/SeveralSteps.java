/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import io.github.redislocked.Lease;
import io.github.redislocked.LeaseScope;
import io.github.redislocked.LockSpec;
import org.jspecify.annotations.Nullable;

/**
 * Takes {@link SeveralLocks} step by step, without a thread that waits. The current
 * leases are those of the caller, wherever the next step is taken.
 */
final class SeveralSteps {

	private final SeveralLocks locks;

	private final Parts parts;

	private final List<Lease> current = LeaseScope.leases();

	private final Deque<LockSpec> rest;

	private @Nullable CompletableFuture<HeldLease> step;

	private boolean abandoned;

	SeveralSteps(SeveralLocks locks, Collection<LockSpec> inOrder, Parts parts) {
		this.locks = locks;
		this.rest = new ArrayDeque<>(inOrder);
		this.parts = parts;
	}

	CompletionStage<List<Lease>> start() {
		CompletableFuture<List<Lease>> all = Repeat.untilPresent(this::next).whenComplete((leases, failure) -> {
			if (failure != null) {
				this.locks.giveBack();
			}
		});
		AsyncCaller<List<Lease>> caller = AsyncCaller.of(all, (leases) -> this.locks.giveBack(), this.parts);
		caller.whenComplete((leases, failure) -> {
			if (failure != null) {
				abandon();
			}
		});
		return caller;
	}

	private CompletionStage<@Nullable List<Lease>> next() {
		LockSpec spec = this.rest.poll();
		if (spec == null) {
			return this.locks.settledAsync().thenApply(Function.identity());
		}
		return step(spec).thenCompose((lease) -> {
			this.locks.add(lease);
			return Repeat.onceMore();
		});
	}

	private CompletableFuture<HeldLease> step(LockSpec spec) {
		CompletableFuture<HeldLease> next;
		LeaseScope scope = LeaseScope.replace(this.current);
		try {
			next = this.locks.next(spec);
		}
		finally {
			scope.close();
		}
		synchronized (this) {
			this.step = next;
			if (!this.abandoned) {
				return next;
			}
		}
		next.cancel(false);
		return next;
	}

	private void abandon() {
		CompletableFuture<HeldLease> last;
		synchronized (this) {
			this.abandoned = true;
			last = this.step;
		}
		if (last != null) {
			last.cancel(false);
		}
	}

}
