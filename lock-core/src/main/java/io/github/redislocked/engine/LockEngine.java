/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.Lease;
import io.github.redislocked.LockCallback;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockTemplate;
import io.github.redislocked.store.LockCommands;
import io.github.redislocked.store.LockStore;
import org.jspecify.annotations.Nullable;

/**
 * The lock of one process: takes locks from a store, keeps them and gives them back.
 *
 * @since 0.1.0
 */
public final class LockEngine implements LockTemplate, AutoCloseable {

	static final String CLOSING = "the application is closing";

	private static final long LAST_COMMANDS_NANOS = TimeUnit.SECONDS.toNanos(2);

	private final Parts parts;

	private final LockCommands offloaded;

	private final Parking timerParking;

	private final Set<Acquisition> acquisitions = ConcurrentHashMap.newKeySet();

	private volatile boolean closed;

	/**
	 * Creates an engine, which closes its store when it is closed.
	 * @param store where the locks are
	 * @param settings what the engine is told
	 */
	public LockEngine(LockStore store, LockEngineSettings settings) {
		this(store, settings, List::of);
	}

	/**
	 * Creates an engine that tells others what becomes of its locks, and closes its store
	 * when it is closed.
	 * @param store where the locks are
	 * @param settings what the engine is told
	 * @param audience who is told
	 */
	public LockEngine(LockStore store, LockEngineSettings settings, LockAudience audience) {
		this(Parts.of(store, settings, System::nanoTime, audience));
	}

	LockEngine(Parts parts) {
		this.parts = parts;
		this.offloaded = new OffloadedCommands(parts::background, parts.threads().callers());
		this.timerParking = new TimerParking(parts.threads().timer(), parts.threads().callers());
		parts.store().onWakeUp(parts.active());
	}

	/**
	 * Asks now who the listeners are. Those who want to be told of
	 * {@linkplain io.github.redislocked.FrequentLockEvent every use} of a lock are told
	 * from then on; they would not be found otherwise before something happens that all
	 * are told of.
	 */
	public void listen() {
		this.parts.events().ask();
	}

	@Override
	public Lease acquire(LockSpec spec) throws InterruptedException {
		return acquire(spec, Terms.of(spec, settings()));
	}

	@Override
	public Optional<Lease> tryAcquire(LockSpec spec) throws InterruptedException {
		try {
			return Optional.of(acquire(spec));
		}
		catch (LockNotAcquiredException ex) {
			if (this.closed) {
				throw ex;
			}
			return Optional.empty();
		}
	}

	@Override
	public List<Lease> acquireAll(Collection<LockSpec> specs) throws InterruptedException {
		return new SeveralLocks(this, specs).acquire();
	}

	@Override
	public <T extends @Nullable Object, E extends Throwable> T execute(LockSpec spec, LockCallback<T, E> action)
			throws E, InterruptedException {
		Lease lease = acquire(spec);
		T result;
		try {
			result = lease.call(action);
		}
		catch (Throwable ex) {
			try {
				lease.close();
			}
			catch (RuntimeException closeFailure) {
				ex.addSuppressed(closeFailure);
			}
			throw ex;
		}
		lease.close();
		return result;
	}

	@Override
	public CompletionStage<Lease> acquireAsync(LockSpec spec) {
		// A future is read from only, so one of the subtype is one of the type.
		@SuppressWarnings("unchecked")
		CompletionStage<Lease> lease = (CompletionStage<Lease>) (CompletionStage<?>) acquireAsync(spec,
				Terms.of(spec, settings()));
		return lease;
	}

	@Override
	public CompletionStage<List<Lease>> acquireAllAsync(Collection<LockSpec> specs) {
		return new SeveralLocks(this, specs).acquireAsync();
	}

	/**
	 * Refuses new acquisitions, ends the waits, gives held leases the grace time to
	 * finish, and then releases them; their holders learn that they are lost, and have a
	 * moment for what they do then. Interrupting the calling thread ends the grace.
	 */
	@Override
	public void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		this.acquisitions.forEach((acquisition) -> acquisition.abandon(CLOSING));
		long end = this.parts.now() + settings().shutdownGrace().toNanos();
		this.parts.awaitUntil(end, () -> this.parts.held().isEmpty());
		this.parts.held().evictAll();
		long last = this.parts.now() + LAST_COMMANDS_NANOS;
		this.parts.awaitUntil(last, this.acquisitions::isEmpty);
		this.parts.end(last);
	}

	Parts parts() {
		return this.parts;
	}

	LockCommands offloaded() {
		return this.offloaded;
	}

	LockEngineSettings settings() {
		return this.parts.settings();
	}

	/**
	 * Takes a lock on given terms, or shares the current lease on it.
	 * @param spec which lock
	 * @param terms how
	 * @return the lease
	 * @throws InterruptedException if the thread was interrupted
	 */
	HeldLease acquire(LockSpec spec, Terms terms) throws InterruptedException {
		SharedLease shared = SharedLease.of(spec, this.parts);
		if (shared != null) {
			return Repeat
				.join(shared.get(this.parts.store(), new WaitBudget(terms, this.parts.clock(), ThreadParking.INSTANCE)))
				.bind();
		}
		if (this.closed) {
			throw refused(terms);
		}
		if (Thread.interrupted()) {
			throw new InterruptedException("Interrupted before asking for a lock");
		}
		return Repeat.join(start(new Acquisition(this.parts, this.parts.store(), terms, ThreadParking.INSTANCE), terms))
			.bind();
	}

	/**
	 * Takes a lock on given terms, or shares the current lease on it, without blocking.
	 * @param spec which lock
	 * @param terms how
	 * @return the lease, completed on a thread for code of the application unless it is
	 * shared
	 */
	CompletableFuture<HeldLease> acquireAsync(LockSpec spec, Terms terms) {
		SharedLease shared = SharedLease.of(spec, this.parts);
		if (shared != null) {
			WaitBudget budget = new WaitBudget(terms, this.parts.clock(), this.timerParking);
			CompletableFuture<HeldLease> lease = shared.get(this.offloaded, budget);
			return lease.isDone() ? lease : AsyncCaller.of(lease, budget, this.parts);
		}
		if (this.closed) {
			return CompletableFuture.failedFuture(refused(terms));
		}
		Acquisition acquisition = new Acquisition(this.parts, this.offloaded, terms, this.timerParking);
		return AsyncCaller.of(start(acquisition, terms), acquisition.budget(), this.parts);
	}

	private CompletableFuture<HeldLease> start(Acquisition acquisition, Terms terms) {
		this.acquisitions.add(acquisition);
		if (this.closed) {
			acquisition.abandon(CLOSING);
		}
		return acquisition.run()
			.whenComplete((lease, failure) -> this.acquisitions.remove(acquisition))
			.thenApply((lease) -> first(lease, terms));
	}

	private HeldLease first(HeldLease lease, Terms terms) {
		if (this.closed) {
			lease.lock().leave(lease);
			throw refused(terms);
		}
		return lease;
	}

	private LockNotAcquiredException refused(Terms terms) {
		return new LockNotAcquiredException(terms.key(), Duration.ZERO, null, CLOSING, null);
	}

}
