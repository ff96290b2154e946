/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * Takes locks: the bean to inject where the annotation does not fit.
 *
 * <pre>{@code
 * LockSpec spec = LockSpec.of("order:42").expire(Duration.ofSeconds(10)).timeout(Duration.ofSeconds(3));
 * try (Lease lease = locks.acquire(spec)) {
 *     ...
 * }
 * }</pre>
 *
 * Acquiring a key on which a {@linkplain Lease#current(String) current lease} is held
 * succeeds at once, with the same tokens and, unless a longer expire is asked for,
 * without a Redis command; the lock is released by the last of these leases to close.
 * Outside of such code two calls are two acquisitions, whatever thread they come from.
 * <p>
 * A call returns, with the lock or without it, within its timeout plus the time-out of
 * one Redis command.
 *
 * @since 0.1.0
 */
public interface LockTemplate {

	/**
	 * Takes a lock, waiting for it if need be. The lease is renewed only as long as the
	 * calling thread is alive, or another one that has taken it over, see {@link Lease}.
	 * @param spec which lock, and how
	 * @return the lease, to be closed by the caller
	 * @throws LockNotAcquiredException if the timeout passed first, or the application is
	 * closing
	 * @throws LockStoreException if Redis could not be asked
	 * @throws InterruptedException if the thread was interrupted before it had the lock;
	 * nothing is left in Redis
	 */
	Lease acquire(LockSpec spec) throws InterruptedException;

	/**
	 * Takes a lock, waiting for it if need be. The lease is renewed as that of
	 * {@link #acquire} is.
	 * @param spec which lock, and how
	 * @return the lease, to be closed by the caller, or empty if the timeout passed first
	 * @throws LockNotAcquiredException if the application is closing
	 * @throws LockStoreException if Redis could not be asked
	 * @throws InterruptedException if the thread was interrupted before it had the lock;
	 * nothing is left in Redis
	 */
	Optional<Lease> tryAcquire(LockSpec spec) throws InterruptedException;

	/**
	 * Takes several locks, all or none, one after the other in the order of their keys,
	 * so that callers never wait for each other in a circle. The wait budget of the whole
	 * is the smallest timeout among the specs. Locks that are already had are kept alive
	 * while the next is awaited, and given back if one cannot be had; when the call
	 * returns, each lease lasts for its full expire. They are renewed as that of
	 * {@link #acquire} is.
	 * @param specs which locks, and how; of two specs with one key the first counts
	 * @return the leases, in the order of the specs, each to be closed by the caller
	 * @throws LockNotAcquiredException if the timeout passed first, or the application is
	 * closing
	 * @throws LockStoreException if Redis could not be asked
	 * @throws LockLostException if a lock was lost while another was awaited
	 * @throws InterruptedException if the thread was interrupted before it had all locks;
	 * nothing is left in Redis
	 * @throws IllegalArgumentException if there is no spec
	 */
	List<Lease> acquireAll(Collection<LockSpec> specs) throws InterruptedException;

	/**
	 * Calls code under a lock. The code sees its lease as the {@linkplain Lease#current()
	 * current} one. What it throws passes through, whatever happens at the release; a
	 * loss is then added to it as suppressed.
	 * @param spec which lock, and how
	 * @param action the code
	 * @param <T> type of its result
	 * @param <E> type of what it throws
	 * @return its result
	 * @throws LockNotAcquiredException if the timeout passed first, or the application is
	 * closing; the code has not run
	 * @throws LockStoreException if Redis could not be asked; the code has not run
	 * @throws LockLostException if the lock was lost before the code had ended
	 * @throws InterruptedException if the thread was interrupted before it had the lock;
	 * the code has not run
	 * @throws E if the code fails
	 */
	<T extends @Nullable Object, E extends Throwable> T execute(LockSpec spec, LockCallback<T, E> action)
			throws E, InterruptedException;

	/**
	 * Takes a lock without blocking the caller while it waits. The lease belongs to no
	 * thread: it is renewed as long as anybody can reach it.
	 * @param spec which lock, and how
	 * @return a stage of the lease, to be closed by whoever receives it. It fails with
	 * what {@link #acquire} throws. Cancelling its future ends the wait and leaves
	 * nothing in Redis; dependents without an executor of their own run on a thread of
	 * the lock's
	 */
	CompletionStage<Lease> acquireAsync(LockSpec spec);

	/**
	 * Takes several locks, all or none, without blocking the caller while it waits.
	 * @param specs which locks, and how; of two specs with one key the first counts
	 * @return a stage of the leases, in the order of the specs, each to be closed by
	 * whoever receives them. It fails with what {@link #acquireAll} throws. Cancelling
	 * its future ends the wait and leaves nothing in Redis; dependents without an
	 * executor of their own run on a thread of the lock's
	 * @throws IllegalArgumentException if there is no spec
	 */
	CompletionStage<List<Lease>> acquireAllAsync(Collection<LockSpec> specs);

}
