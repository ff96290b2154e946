/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.transaction;

import io.github.redislocked.Lease;
import io.github.redislocked.LeaseKeeper;

import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Keeps leases that are acquired inside a transaction until that has completed.
 *
 * @since 0.1.0
 */
public final class TransactionLeaseKeeper implements LeaseKeeper {

	@Override
	public AutoCloseable keep(Lease lease) {
		// While a transaction completes it is still active, but nothing tells its end.
		return (TransactionSynchronizationManager.isActualTransactionActive()
				&& TransactionSynchronizationManager.isSynchronizationActive()) ? KeptLeases.ofTransaction().keep(lease)
						: lease;
	}

}
