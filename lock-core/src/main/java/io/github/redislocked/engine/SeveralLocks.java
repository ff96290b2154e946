/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.redislocked.Lease;
import io.github.redislocked.LockNotAcquiredException;
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

	/**
	 * What is asked for longer than the caller holds it already.
	 */
	private final Set<String> lengthened = new HashSet<>();

	private final Map<String, HeldLease> leases = new TreeMap<>();

	private final long start;

	private final long deadline;

	private boolean over;

	private volatile String awaited;

	SeveralLocks(LockEngine engine, Collection<LockSpec> specs) {
		this.engine = engine;
		specs.forEach((spec) -> this.specs.putIfAbsent(spec.key(), spec));
		if (this.specs.isEmpty()) {
			throw new IllegalArgumentException("No lock was named; give at least one spec");
		}
		this.specs.values().stream().filter(SeveralLocks::isLonger).map(LockSpec::key).forEach(this.lengthened::add);
		this.awaited = this.specs.keySet().iterator().next();
		this.start = engine.parts().now();
		this.deadline = this.start + timeout().toNanos();
	}

	private static boolean isLonger(LockSpec spec) {
		return Lease.current(spec.key()).orElse(null) instanceof HeldLease current
				&& spec.expire().orElse(Duration.ZERO).compareTo(current.lock().watch().expire()) > 0;
	}

	List<Lease> acquire() throws InterruptedException {
		return Repeat.join(walk(this::here, () -> settled(this.engine.parts().store(), ThreadParking.INSTANCE)));
	}

	/**
	 * Takes the locks without blocking the caller.
	 * @return the leases, in the order of the specs
	 */
	CompletionStage<List<Lease>> acquireAsync() {
		SeveralSteps steps = new SeveralSteps(this.engine);
		EngineThreads threads = this.engine.parts().threads();
		Parking parking = new TimerParking(threads.timer(), threads.callers());
		AsyncCaller<List<Lease>> caller = AsyncCaller.of(
				walk(steps::next, () -> settled(this.engine.offloaded(), parking)), (leases) -> giveBack(),
				this.engine.parts());
		caller.limit(remaining(), this.specs.size(), this::tooLate, () -> {
			giveBack();
			steps.abandon();
		});
		return caller;
	}

	private CompletableFuture<List<Lease>> walk(BiFunction<LockSpec, Terms, CompletionStage<HeldLease>> step,
			Supplier<CompletionStage<List<Lease>>> last) {
		Iterator<LockSpec> inOrder = new TreeMap<>(this.specs).values().iterator();
		return Repeat.untilPresent(() -> {
			if (!inOrder.hasNext()) {
				return last.get().thenApply(Function.identity());
			}
			LockSpec spec = inOrder.next();
			this.awaited = spec.key();
			return step.apply(spec, terms(spec)).thenCompose((lease) -> {
				add(lease);
				return Repeat.<List<Lease>>onceMore();
			});
		}).whenComplete((leases, failure) -> {
			if (failure != null) {
				giveBack();
			}
		});
	}

	private CompletionStage<HeldLease> here(LockSpec spec, Terms terms) {
		try {
			return CompletableFuture.completedStage(this.engine.acquire(spec, terms));
		}
		catch (InterruptedException ex) {
			return CompletableFuture.failedStage(ex);
		}
	}

	private synchronized void add(HeldLease lease) {
		if (this.over) {
			AsyncCaller.leave(lease);
			throw givenBack();
		}
		this.leases.put(lease.key(), lease);
	}

	// Gives all leases the terms that their specs ask for.
	private CompletionStage<List<Lease>> settled(LockCommands commands, Parking parking) {
		CompletionStage<Void> settled = CompletableFuture.completedStage(null);
		if (this.specs.size() > 1) {
			for (LockSpec spec : this.specs.values()) {
				settled = settled.thenCompose((before) -> settle(lease(spec.key()), spec, commands, parking));
			}
			settled = settled.thenRun(() -> this.leases.values().forEach(this::requireHeld));
		}
		return settled.thenApply((all) -> {
			List<Lease> result = new ArrayList<>();
			this.specs.keySet().forEach((key) -> result.add(lease(key)));
			return result;
		});
	}

	// A single lock needs no care while others are awaited.
	private Terms terms(LockSpec spec) {
		Terms own = Terms.of(spec, this.engine.settings());
		Duration budget = Duration.ofNanos(remaining());
		return (this.specs.size() > 1) ? new Terms(own.key(), own.expire(), budget, true, own.name()) : own;
	}

	private long remaining() {
		return Math.max(0, this.deadline - this.engine.parts().now());
	}

	private LockNotAcquiredException tooLate() {
		return new LockNotAcquiredException(this.awaited, Duration.ofNanos(this.engine.parts().now() - this.start),
				null, "the timeout has passed", null);
	}

	private synchronized HeldLease lease(String key) {
		HeldLease lease = this.leases.get(key);
		if (lease == null) {
			throw new IllegalStateException("There is no lease on '" + key + "'");
		}
		return lease;
	}

	private CompletionStage<Void> settle(HeldLease lease, LockSpec spec, LockCommands commands, Parking parking) {
		Terms terms = Terms.of(spec, this.engine.settings());
		HeldLock lock = lease.lock();
		synchronized (this) {
			requireHeld(lease);
			if (!lock.isShared()) {
				lock.watch().renewed(terms.renewed());
			}
			else if (!this.lengthened.contains(spec.key())) {
				return CompletableFuture.completedStage(null);
			}
		}
		if (lock.remainingNanos() >= terms.expire().toNanos() / 100 * FRESH_PERCENT) {
			return CompletableFuture.completedStage(null);
		}
		WaitBudget budget = new WaitBudget(terms(spec), this.engine.parts().clock(), parking);
		return new Lengthening(lease, terms.expire(), commands, budget).run().thenRun(() -> {
		});
	}

	private synchronized void requireHeld(HeldLease lease) {
		if (this.over) {
			throw givenBack();
		}
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

	// Gives back what has been had, and what may still come.
	private synchronized void giveBack() {
		this.over = true;
		this.leases.values().forEach(AsyncCaller::leave);
	}

	private static CancellationException givenBack() {
		return new CancellationException("The caller has gone, and all locks are given back");
	}

}
