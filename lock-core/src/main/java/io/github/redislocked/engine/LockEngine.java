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
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.github.redislocked.Lease;
import io.github.redislocked.LockCallback;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockTemplate;
import io.github.redislocked.store.LockStore;
import org.jspecify.annotations.Nullable;

/**
 * The lock of one process: takes locks from a store, keeps them and gives them back.
 *
 * @since 0.1.0
 */
public final class LockEngine implements LockTemplate, AutoCloseable {

	private static final String CLOSING = "the application is closing";

	private static final long LAST_COMMANDS_NANOS = TimeUnit.SECONDS.toNanos(2);

	private final LockEngineSettings settings;

	private final EngineThreads threads = new EngineThreads();

	private final Parts parts;

	private final LockStore offloaded;

	private final Parking timerParking;

	private final Set<Acquisition> acquisitions = ConcurrentHashMap.newKeySet();

	private volatile boolean closed;

	/**
	 * Creates an engine, which closes its store when it is closed.
	 * @param store where the locks are
	 * @param settings what the engine is told
	 */
	public LockEngine(LockStore store, LockEngineSettings settings) {
		this(store, settings, System::nanoTime);
	}

	LockEngine(LockStore store, LockEngineSettings settings, LongSupplier clock) {
		this.settings = settings;
		Closings closings = new Closings(this.threads);
		ActiveTokens active = new ActiveTokens((wakeUp) -> closings.repeat(wakeUp.key(),
				() -> store.cancel(wakeUp.key(), wakeUp.token()), () -> false, () -> {
				}));
		this.parts = new Parts(store, clock, this.threads, new LocalQueues(), new OwnerTokens(settings.instanceId()),
				active, closings, new HeldLocks(), settings.maxHold());
		this.offloaded = new OffloadedStore(store, this.threads.callers());
		this.timerParking = new TimerParking(this.threads.timer(), this.threads.callers());
		store.onWakeUp(active);
	}

	@Override
	public Lease acquire(LockSpec spec) throws InterruptedException {
		return acquire(spec, Terms.of(spec, this.settings));
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
		Terms terms = Terms.of(spec, this.settings);
		HeldLease shared = current(terms.key());
		if (shared != null) {
			return CompletableFuture.supplyAsync(() -> lengthened(shared, spec), this.threads.callers());
		}
		if (this.closed) {
			return CompletableFuture.failedFuture(refused(terms));
		}
		Acquisition acquisition = new Acquisition(this.parts, this.offloaded, terms, this.timerParking);
		return new AsyncCaller(acquisition, start(acquisition));
	}

	/**
	 * Refuses new acquisitions, ends the waits, gives held leases the grace time to
	 * finish, and then releases them; their holders learn that they are lost.
	 * Interrupting the calling thread ends the grace.
	 */
	@Override
	public void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		this.acquisitions.forEach((acquisition) -> acquisition.abandon(CLOSING));
		long end = this.parts.now() + this.settings.shutdownGrace().toNanos();
		this.parts.awaitUntil(end, () -> this.parts.held().isEmpty());
		this.parts.held().all().forEach((lock) -> lock.evict("it was released because the application is closing"));
		this.parts.awaitUntil(this.parts.now() + LAST_COMMANDS_NANOS,
				() -> this.acquisitions.isEmpty() && this.parts.closings().isIdle());
		this.parts.store().close();
		this.threads.close();
	}

	Parts parts() {
		return this.parts;
	}

	LockEngineSettings settings() {
		return this.settings;
	}

	/**
	 * Takes a lock on given terms, or shares the current lease on it.
	 * @param spec which lock
	 * @param terms how
	 * @return the lease
	 * @throws InterruptedException if the thread was interrupted
	 */
	HeldLease acquire(LockSpec spec, Terms terms) throws InterruptedException {
		HeldLease shared = current(terms.key());
		if (shared != null) {
			return lengthened(shared, spec);
		}
		if (this.closed) {
			throw refused(terms);
		}
		if (Thread.interrupted()) {
			throw new InterruptedException("Interrupted before asking for a lock");
		}
		Acquisition acquisition = new Acquisition(this.parts, this.parts.store(), terms, ThreadParking.INSTANCE);
		HeldLock lock = join(start(acquisition));
		HeldLease lease = lock.lease();
		if (lease == null) {
			throw lock.lost();
		}
		return lease;
	}

	private CompletableFuture<HeldLock> start(Acquisition acquisition) {
		this.acquisitions.add(acquisition);
		if (this.closed) {
			acquisition.abandon(CLOSING);
		}
		return acquisition.run().whenComplete((lock, failure) -> this.acquisitions.remove(acquisition));
	}

	private @Nullable HeldLease current(String key) {
		Lease current = Lease.current(key).orElse(null);
		return (current instanceof HeldLease lease && lease.lock().parts() == this.parts) ? lease.lock().lease() : null;
	}

	private static HeldLease lengthened(HeldLease lease, LockSpec spec) {
		Duration expire = spec.expire().orElse(Duration.ZERO);
		if (expire.compareTo(lease.lock().watch().expire()) > 0) {
			try {
				lease.renew(expire);
			}
			catch (RuntimeException ex) {
				lease.lock().leave(lease);
				throw ex;
			}
		}
		return lease;
	}

	private LockNotAcquiredException refused(Terms terms) {
		return new LockNotAcquiredException(terms.key(), Duration.ZERO, null, CLOSING, null);
	}

	private static HeldLock join(CompletableFuture<HeldLock> future) throws InterruptedException {
		try {
			return future.join();
		}
		catch (CompletionException ex) {
			Throwable failure = Repeat.unwrap(ex);
			if (failure instanceof InterruptedException interrupt) {
				throw interrupt;
			}
			if (failure instanceof RuntimeException runtimeFailure) {
				throw runtimeFailure;
			}
			if (failure instanceof Error error) {
				throw error;
			}
			throw new IllegalStateException(failure);
		}
	}

}
