/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked;

import org.jspecify.annotations.Nullable;

/**
 * Sees what callers do with locks while they do it, on their threads: what metrics and
 * traces are made of. Every bean of this type does. Without one, nothing is spent on it.
 * <p>
 * It is called in the middle of acquiring and releasing, so it must be quick, must not
 * block, and must not use locks; what it throws is logged and disturbs nothing. Whoever
 * may take time is a {@link LockListener}.
 *
 * @since 0.1.0
 */
public interface LockObserver {

	/**
	 * Is called when a caller asks for a lock, on the caller's thread. Of several locks
	 * that are asked for together each is one call, when its turn has come.
	 * @param key which lock
	 * @param name what kind of lock, see {@link LockSpec#name(String)}, or {@code null}
	 * for none
	 * @return what is to be told of the end of the wait
	 */
	Wait begin(String key, @Nullable String name);

	/**
	 * One caller on its way to a lock. Exactly one of the methods but {@link #refused}
	 * and {@link #troubled} is called, once; if the caller does not block, by any thread.
	 */
	interface Wait {

		/**
		 * Redis has answered that somebody else has the lock. Called for each such
		 * answer; none comes to a caller that stands behind another one of its process.
		 * By default nothing is done.
		 */
		default void refused() {
		}

		/**
		 * Redis could not be asked, or nobody knows what it has answered. Called for each
		 * such command, whether the caller asks again or not; not called for one that
		 * stands behind another one of its process. By default nothing is done.
		 * @param failure why not
		 */
		default void troubled(LockStoreException failure) {
		}

		/**
		 * The caller has acquired the lock.
		 * @param fencingToken the fencing token of the acquisition
		 * @param origin how the lock came to the caller
		 * @return what is to be told of the lease
		 */
		Hold acquired(long fencingToken, LockOrigin origin);

		/**
		 * The caller has the lock already, and shares it with itself. That is no
		 * acquisition: the lock is held until the last of the leases that share it is
		 * closed.
		 */
		void shared();

		/**
		 * The caller has no lock.
		 * @param reason why
		 * @param failure what the caller is told
		 */
		void failed(LockNotAcquired.Reason reason, Throwable failure);

	}

	/**
	 * One acquisition, until its end, which is told once: by {@link #released} or by
	 * {@link #lost}. Called by any thread.
	 */
	interface Hold {

		/**
		 * A renewal was sent, and this is what became of it. One that was sent before the
		 * end may fail after it.
		 * @param outcome what became of it
		 */
		void renewed(RenewalOutcome outcome);

		/**
		 * The holder has given the lock up. Redis is told after this.
		 */
		void released();

		/**
		 * The lock was lost. That is its end if it was noticed
		 * {@linkplain LeaseLost.Noticed#WHILE_HELD while it was held}; otherwise the
		 * holder had given it up before.
		 * @param noticed who has found out
		 */
		void lost(LeaseLost.Noticed noticed);

	}

	/**
	 * What became of a renewal.
	 */
	enum RenewalOutcome {

		/**
		 * Redis has lengthened the lease.
		 */
		RENEWED,

		/**
		 * Redis did not know the lease any longer.
		 */
		LOST,

		/**
		 * Redis could not be asked. The renewal is repeated while the lease lasts.
		 */
		FAILED

	}

}
