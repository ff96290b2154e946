/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.transaction;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A lock that is kept for a transaction, and for which another caller of the same process
 * waits.
 */
class AwaitedLeasesIntegrationTests {

	private final Accounts accounts = new Accounts();

	private final String key = Accounts.key();

	@AfterEach
	void close() {
		this.accounts.close();
	}

	@Test
	void whenTheTransactionHasCompletedThenTheLockIsPassedOn() throws Exception {
		LockTemplate locks = this.accounts.context.getBean(LockTemplate.class);
		CompletableFuture<Lease> next = new CompletableFuture<>();
		this.accounts.inTransaction(() -> {
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public void afterCompletion(int status) {
					assertThat(next).isNotDone();
				}

			});
			long[] former = new long[1];
			this.accounts.desk.locked(this.key, () -> {
				former[0] = Lease.current(this.key).orElseThrow().fencingToken();
				// Outside of this scope, so that the lock is not shared.
				CompletableFuture.supplyAsync(() -> locks.acquireAsync(LockSpec.of(this.key)))
					.join()
					.thenAccept((lease) -> {
						assertThat(lease.fencingToken()).isGreaterThan(former[0]);
						next.complete(lease);
					});
			});
			assertThat(next).isNotDone();
		});
		Lease lease = next.get(10, TimeUnit.SECONDS);
		assertThat(Accounts.isLocked(this.key)).isTrue();
		assertThat(lease.isHeld()).isTrue();
		lease.close();
		assertThat(Accounts.isLocked(this.key)).isFalse();
	}

}
