/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.redislocked.Lease;
import io.github.redislocked.LeaseScope;
import io.github.redislocked.LockSpec;
import org.jspecify.annotations.Nullable;

/**
 * Takes one of {@link SeveralLocks} after the other without a thread that waits. The
 * current leases are those of the caller, wherever the next step is taken.
 */
final class SeveralSteps {

	private final LockEngine engine;

	private final List<Lease> current = LeaseScope.leases();

	private @Nullable CompletableFuture<HeldLease> step;

	private boolean abandoned;

	SeveralSteps(LockEngine engine) {
		this.engine = engine;
	}

	CompletionStage<HeldLease> next(LockSpec spec, Terms terms) {
		CompletableFuture<HeldLease> next;
		LeaseScope scope = LeaseScope.replace(this.current);
		try {
			next = this.engine.acquireAsync(spec, terms);
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

	/**
	 * Ends the wait of the step that is under way; there is no other.
	 */
	void abandon() {
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
