/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.transaction;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.redislocked.Lease;
import io.github.redislocked.LeaseSurrounding;
import io.github.redislocked.LockLostException;
import io.github.redislocked.ThreadBoundLease;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The leases that one transaction keeps. They are current while it is, and are released
 * when it has completed, after everything else that waits for that.
 */
final class KeptLeases implements TransactionSynchronization {

	private static final Log logger = LogFactory.getLog(KeptLeases.class);

	// A transaction may be completed by another thread, when it has timed out.
	private final List<Lease> leases = new CopyOnWriteArrayList<>();

	private volatile @Nullable LeaseSurrounding surrounding;

	private volatile boolean handedOn;

	/**
	 * Returns the leases of the transaction that is active on this thread.
	 * @return what the transaction keeps, ready for more
	 */
	static KeptLeases ofTransaction() {
		for (TransactionSynchronization synchronization : TransactionSynchronizationManager.getSynchronizations()) {
			if (synchronization instanceof KeptLeases kept) {
				return kept;
			}
		}
		KeptLeases kept = new KeptLeases();
		TransactionSynchronizationManager.registerSynchronization(kept);
		kept.resume();
		return kept;
	}

	/**
	 * Keeps a lease, unless the transaction keeps one on the same acquisition.
	 * @param lease the lease
	 * @return what ends with the method that acquired it
	 */
	AutoCloseable keep(Lease lease) {
		for (Lease kept : this.leases) {
			if (kept.key().equals(lease.key()) && kept.ownerToken().equals(lease.ownerToken())) {
				return lease;
			}
		}
		if (lease instanceof ThreadBoundLease bound) {
			// The transaction may go on, and be completed, on another thread.
			bound.unbind();
		}
		this.leases.add(0, lease);
		return () -> LostLeases.requireNotLost(lease);
	}

	@Override
	public void suspend() {
		LeaseSurrounding present = this.surrounding;
		if (present != null) {
			present.close();
		}
	}

	@Override
	public void resume() {
		this.surrounding = LeaseSurrounding.open(this.leases);
	}

	@Override
	public void beforeCommit(boolean readOnly) {
		LostLeases.requireNone();
	}

	/**
	 * Hands the release on to one that is registered last of all: what the body of the
	 * method has registered for the end of the transaction still runs under the lock.
	 */
	@Override
	public void beforeCompletion() {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCompletion(int status) {
				releaseAll(status);
			}

		});
		this.handedOn = true;
	}

	@Override
	public void afterCompletion(int status) {
		if (!this.handedOn) {
			releaseAll(status);
		}
	}

	private void releaseAll(int status) {
		suspend();
		List<Lease> over = List.copyOf(this.leases);
		this.leases.clear();
		over.forEach((lease) -> release(lease, status));
	}

	private static void release(Lease lease, int status) {
		try {
			lease.close();
		}
		catch (LockLostException ex) {
			if (status == STATUS_ROLLED_BACK) {
				logger.debug("A lock was lost in a transaction that was rolled back", ex);
			}
			else {
				logger.error("A lock was lost before the transaction that kept it had "
						+ ((status == STATUS_COMMITTED) ? "committed" : "ended, with an outcome that is not known")
						+ "; nobody can be told but the log", ex);
			}
		}
		catch (Throwable ex) {
			logger.error("A lock that was kept for a transaction could not be released", ex);
		}
	}

}
