/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.store.LockCommands;

/**
 * Several locks, all or none. They are taken one after the other in the order of their
 * keys, which is the same for every caller, so that callers cannot wait for each other in
 * a circle. Those already had are renewed while the next is awaited, whatever their terms
 * say, and lifted to their full time in the end.
 */
final class SeveralLocks {

	/**
	 * A lease that has less than this many per cent left is lifted before it is used.
	 */
	private static final int FRESH_PERCENT = 97;

	private final LockEngine engine;

	private final Map<String, LockSpec> specs = new LinkedHashMap<>();

	private final Map<String, HeldLease> leases = new TreeMap<>();

	private final long deadline;

	SeveralLocks(LockEngine engine, Collection<LockSpec> specs) {
		this.engine = engine;
		specs.forEach((spec) -> this.specs.putIfAbsent(spec.key(), spec));
		if (this.specs.isEmpty()) {
			throw new IllegalArgumentException("No lock was named; give at least one spec");
		}
		this.deadline = engine.parts().now() + timeout().toNanos();
	}

	/**
	 * Takes the locks without blocking the caller.
	 * @return the leases, in the order of the specs
	 */
	CompletionStage<List<Lease>> acquireAsync() {
		return new SeveralSteps(this, new TreeMap<>(this.specs).values(), this.engine.parts()).start();
	}

	List<Lease> acquire() throws InterruptedException {
		try {
			for (LockSpec spec : new TreeMap<>(this.specs).values()) {
				add(this.engine.acquire(spec, terms(spec)));
			}
			return Undisturbed.join(() -> settled(this.engine.parts().store()));
		}
		catch (InterruptedException | RuntimeException | Error ex) {
			giveBack();
			throw ex;
		}
	}

	/**
	 * Takes the next of the locks without blocking the caller.
	 * @param spec which
	 * @return its future lease
	 */
	CompletableFuture<HeldLease> next(LockSpec spec) {
		return this.engine.acquireAsync(spec, terms(spec));
	}

	/**
	 * Notes a lease that has been had.
	 * @param lease the lease
	 */
	void add(HeldLease lease) {
		this.leases.put(lease.key(), lease);
	}

	/**
	 * Gives all leases the terms that their specs ask for.
	 * @param commands how the store is asked
	 * @return the leases, in the order of the specs
	 */
	CompletionStage<List<Lease>> settled(LockCommands commands) {
		CompletionStage<Void> settled = CompletableFuture.completedStage(null);
		if (this.specs.size() > 1) {
			for (LockSpec spec : this.specs.values()) {
				settled = settled.thenCompose((before) -> settle(lease(spec.key()), spec, commands));
			}
			settled = settled.thenRun(() -> this.leases.values().forEach(SeveralLocks::requireHeld));
		}
		return settled.thenApply((all) -> {
			List<Lease> result = new ArrayList<>();
			this.specs.keySet().forEach((key) -> result.add(lease(key)));
			return result;
		});
	}

	/**
	 * Gives all leases the terms that their specs ask for, without blocking the caller.
	 * @return the leases, in the order of the specs
	 */
	CompletionStage<List<Lease>> settledAsync() {
		return settled(this.engine.offloaded());
	}

	// A single lock needs no care while others are awaited.
	private Terms terms(LockSpec spec) {
		Terms own = Terms.of(spec, this.engine.settings());
		Duration budget = Duration.ofNanos(Math.max(0, this.deadline - this.engine.parts().now()));
		return (this.specs.size() > 1) ? new Terms(own.key(), own.expire(), budget, true) : own;
	}

	private HeldLease lease(String key) {
		HeldLease lease = this.leases.get(key);
		if (lease == null) {
			throw new IllegalStateException("There is no lease on '" + key + "'");
		}
		return lease;
	}

	private CompletionStage<Void> settle(HeldLease lease, LockSpec spec, LockCommands commands) {
		Terms terms = Terms.of(spec, this.engine.settings());
		HeldLock lock = lease.lock();
		requireHeld(lease);
		if (lock.isShared()) {
			return CompletableFuture.completedStage(null);
		}
		lock.watch().renewed(terms.renewed());
		return (lock.remainingNanos() < terms.expire().toNanos() / 100 * FRESH_PERCENT)
				? lock.watch().renew(commands, terms.expire()) : CompletableFuture.completedStage(null);
	}

	private static void requireHeld(HeldLease lease) {
		if (!lease.isHeld()) {
			throw lease.lock().lost();
		}
	}

	private Duration timeout() {
		return this.specs.values()
			.stream()
			.map((spec) -> Terms.of(spec, this.engine.settings()).timeout())
			.min(Duration::compareTo)
			.orElse(Duration.ZERO);
	}

	/**
	 * Gives back what has been had.
	 */
	void giveBack() {
		this.leases.values().forEach((lease) -> lease.lock().leave(lease));
	}

}
