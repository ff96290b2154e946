/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * One successful acquisition of a lock: what a holder works with. All its methods may be
 * called from any thread.
 * <p>
 * A lease that is renewed, and was acquired by a call that blocks, is renewed only as
 * long as a thread that holds it is alive: the one that acquired it, or one that took it
 * over by {@link #run run}, {@link #call call} or {@link #renew renew}. A thread that has
 * ended without closing its lease cannot do so any more; the lease runs out then, and is
 * lost. One from {@link LockTemplate#acquireAsync acquireAsync} belongs to no thread.
 *
 * @since 0.1.0
 */
public interface Lease extends AutoCloseable {

	/**
	 * Returns the innermost lease of the code that is running: of the annotated method,
	 * {@link LockTemplate#execute execute}, {@link #run run} or {@link #call call} around
	 * it. Where there is none, the last one that the active transaction keeps.
	 * @return the current lease, or empty outside of such code
	 */
	static Optional<Lease> current() {
		return LeaseScope.current();
	}

	/**
	 * Returns the current lease on a key, which need not be the innermost one.
	 * @param key the key, as the user names it
	 * @return the innermost current lease on that key, or empty if there is none
	 */
	static Optional<Lease> current(String key) {
		return LeaseScope.current(key);
	}

	/**
	 * Returns what is locked.
	 * @return the key, as the user names it
	 */
	String key();

	/**
	 * Returns the value that proves this acquisition. Redis keeps it as the value of the
	 * lock while the lease lasts. It is a right to release: keep it out of logs.
	 * @return the owner token, unique per acquisition
	 */
	String ownerToken();

	/**
	 * Returns the number that grows with every acquisition of the key, over all
	 * instances. A storage system that remembers the greatest it has seen, and refuses a
	 * smaller one, is safe from holders that lost their lock and do not know it yet.
	 * @return the fencing token
	 */
	long fencingToken();

	/**
	 * Returns whether the lock is held. Local and conservative: {@code true} only while
	 * no other client of this library can hold the key, {@code false} from the moment the
	 * lease is closed, is known to be lost, or has run out by the monotonic clock of this
	 * process.
	 * @return {@code true} while the lock is held
	 */
	boolean isHeld();

	/**
	 * Returns how long the lease lasts without another renewal.
	 * @return the remaining time, zero when the lock is not held
	 */
	Duration remaining();

	/**
	 * Lengthens the lease: from now on it lasts at least the given time. It never becomes
	 * shorter. One command. The calling thread holds the lease, too, from now on.
	 * @param expire the time from now, at least 1 ms
	 * @throws LockLostException if the lease has been lost
	 * @throws IllegalStateException if the lease has been closed
	 * @throws LockStoreException if Redis could not be asked; the lease keeps its end
	 * @throws IllegalArgumentException if the time is shorter than 1 ms or longer than
	 * {@link LockSpec#MAX_DURATION}
	 */
	void renew(Duration expire);

	/**
	 * Registers what is to be done when the lease is lost. Called once, at once if the
	 * lease is lost already, and never if it is released. Each callback runs on a thread
	 * of its own, never on the one that renews leases; what it throws is logged.
	 * @param callback what to do
	 */
	void onLost(Runnable callback);

	/**
	 * Releases the lock. The second and every further call does nothing. When Redis
	 * cannot be told, the call returns normally and the release is repeated in the
	 * background until it is answered or the lease is over.
	 * @throws LockLostException if the lease had been lost
	 */
	@Override
	void close();

	/**
	 * Releases the lock as {@link #close} does, without blocking the caller.
	 * @return a stage that is complete when Redis has been told, or could not be, and the
	 * release is repeated in the background. It fails with a {@link LockLostException} if
	 * the lease had been lost. Cancelling its future changes nothing; dependents without
	 * an executor of their own run on a thread of the lock's
	 */
	CompletionStage<Void> closeAsync();

	/**
	 * Runs code that sees this lease as the current one. The calling thread holds the
	 * lease, too, from now on.
	 * @param action the code
	 */
	default void run(Runnable action) {
		LeaseScope scope = LeaseScope.open(this);
		try {
			action.run();
		}
		finally {
			scope.close();
		}
	}

	/**
	 * Calls code that sees this lease as the current one. The calling thread holds the
	 * lease, too, from now on.
	 * @param action the code
	 * @param <T> type of its result
	 * @param <E> type of what it throws
	 * @return its result
	 * @throws E if the code fails
	 */
	default <T extends @Nullable Object, E extends Throwable> T call(LockCallback<T, E> action) throws E {
		LeaseScope scope = LeaseScope.open(this);
		try {
			return action.call();
		}
		finally {
			scope.close();
		}
	}

}
