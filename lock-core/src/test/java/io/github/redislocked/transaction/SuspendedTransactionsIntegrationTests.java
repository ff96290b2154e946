/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.redislocked.Lease;
import io.github.redislocked.LockNotAcquiredException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What becomes of kept leases while their transaction is suspended.
 */
class SuspendedTransactionsIntegrationTests {

	private static final Runnable NOTHING = () -> {
	};

	private final Accounts accounts = new Accounts();

	private final String outer = Accounts.key();

	private final String inner = Accounts.key();

	@AfterEach
	void close() {
		assertThat(Accounts.isLocked(this.outer)).isFalse();
		assertThat(Accounts.isLocked(this.inner)).isFalse();
		assertThat(Lease.current()).isEmpty();
		this.accounts.close();
	}

	@Test
	void whenNewTransactionThenKeptLeaseIsNotCurrentInsideIt() {
		this.accounts.inTransaction(() -> {
			this.accounts.desk.locked(this.outer, NOTHING);
			this.accounts.inNewTransaction(() -> {
				assertThat(Lease.current()).isEmpty();
				assertThat(Lease.current(this.outer)).isEmpty();
				assertThat(Accounts.isLocked(this.outer)).isTrue();
				assertThatExceptionOfType(LockNotAcquiredException.class)
					.isThrownBy(() -> this.accounts.desk.locked(this.outer, NOTHING));
			});
			assertThat(Lease.current(this.outer)).isPresent();
			assertThat(Accounts.isLocked(this.outer)).isTrue();
		});
	}

	@Test
	void whenTransactionIsNotSupportedThenKeptLeaseIsNotCurrent() {
		this.accounts.inTransaction(() -> {
			this.accounts.desk.locked(this.outer, NOTHING);
			this.accounts.inTransaction(TransactionDefinition.PROPAGATION_NOT_SUPPORTED, () -> {
				assertThat(Lease.current()).isEmpty();
				this.accounts.desk.locked(this.inner, NOTHING);
				assertThat(Accounts.isLocked(this.inner)).isFalse();
			});
			assertThat(Lease.current(this.outer)).isPresent();
		});
	}

	@Test
	void whenTakenInNewTransactionThenReleasedWithIt() {
		List<String> keys = new ArrayList<>();
		this.accounts.inTransaction(() -> {
			this.accounts.desk.locked(this.outer, NOTHING);
			this.accounts.inNewTransaction(() -> {
				this.accounts.desk.locked(this.inner, NOTHING);
				assertThat(Accounts.isLocked(this.inner)).isTrue();
				Lease.current().map(Lease::key).ifPresent(keys::add);
			});
			assertThat(Accounts.isLocked(this.inner)).isFalse();
			assertThat(Lease.current(this.inner)).isEmpty();
			Lease.current().map(Lease::key).ifPresent(keys::add);
			assertThat(Accounts.isLocked(this.outer)).isTrue();
		});
		assertThat(keys).containsExactly(this.inner, this.outer);
	}

	@Test
	void whenMethodRunsThenItsLeaseIsCurrentInNewTransaction() {
		this.accounts.inTransaction(() -> {
			this.accounts.desk.locked(this.outer, () -> this.accounts.inNewTransaction(() -> {
				assertThat(Lease.current(this.outer)).isPresent();
				this.accounts.desk.locked(this.outer, NOTHING);
			}));
			assertThat(Accounts.isLocked(this.outer)).isTrue();
			assertThat(Lease.current(this.outer)).isPresent();
		});
	}

	@Test
	void whenMethodHasNewTransactionThenItsLeaseIsCurrentInside() {
		this.accounts.inTransaction(() -> {
			this.accounts.desk.lockedNewTransaction(this.outer,
					() -> assertThat(Lease.current().map(Lease::key)).contains(this.outer));
			assertThat(Accounts.isLocked(this.outer)).isTrue();
		});
	}

	@Test
	void whenNestedTransactionRollsBackThenKeptUntilTheWholeHasEnded() {
		this.accounts.inTransaction(() -> {
			assertThatExceptionOfType(IllegalStateException.class)
				.isThrownBy(() -> this.accounts.inTransaction(TransactionDefinition.PROPAGATION_NESTED, () -> {
					this.accounts.desk.locked(this.outer, NOTHING);
					throw new IllegalStateException("business");
				}));
			assertThat(Accounts.isLocked(this.outer)).isTrue();
			assertThat(Lease.current(this.outer)).isPresent();
		});
	}

	@Test
	void whenNewTransactionBeginsOnCompletionThenTheKeptLeaseIsCurrentAgainAfterIt() {
		List<Boolean> current = new ArrayList<>();
		this.accounts.inTransaction(() -> {
			KeptLeasesIntegrationTests.onCompletion((status) -> {
				this.accounts.inNewTransaction(() -> {
					this.accounts.desk.locked(this.inner, NOTHING);
					current.add(Lease.current(this.inner).isPresent());
				});
				current.add(Lease.current(this.outer).isPresent());
				current.add(Lease.current(this.inner).isEmpty());
			});
			this.accounts.desk.locked(this.outer, NOTHING);
		});
		assertThat(current).containsExactly(true, true, true);
	}

	@Test
	void whenCompletedByAnotherThreadThenNeitherThreadIsDisturbed() {
		TransactionSynchronizationManager.initSynchronization();
		TransactionSynchronizationManager.setActualTransactionActive(true);
		try {
			this.accounts.desk.locked(this.outer, NOTHING);
			assertThat(Lease.current(this.outer)).isPresent();
			List<TransactionSynchronization> end = TransactionSynchronizationManager.getSynchronizations();
			CompletableFuture.runAsync(() -> this.accounts.inTransaction(() -> {
				this.accounts.desk.locked(this.inner, NOTHING);
				end.forEach((one) -> one.afterCompletion(TransactionSynchronization.STATUS_UNKNOWN));
				assertThat(Accounts.isLocked(this.outer)).isFalse();
				assertThat(Lease.current().map(Lease::key)).contains(this.inner);
			})).join();
			assertThat(Lease.current()).isEmpty();
		}
		finally {
			TransactionSynchronizationManager.clear();
		}
		this.accounts.inTransaction(() -> {
			this.accounts.desk.locked(this.outer, NOTHING);
			assertThat(Lease.current(this.outer)).isPresent();
		});
	}

}
