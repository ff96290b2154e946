/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.github.redislocked.Lease;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * How long leases are kept that are taken inside a transaction.
 */
class KeptLeasesIntegrationTests {

	private final Accounts accounts = new Accounts();

	private final Accounts other = new Accounts();

	private final String key = Accounts.key();

	private final List<String> events = new ArrayList<>();

	@AfterEach
	void close() {
		assertThat(Accounts.isLocked(this.key)).isFalse();
		assertThat(Lease.current()).isEmpty();
		this.accounts.close();
		this.other.close();
	}

	@Test
	void whenTransactionIsTheMethodsOwnThenLockIsAroundIt() {
		note("before");
		this.accounts.desk.lockedTransaction(this.key, () -> {
			note("body");
			onCompletion((status) -> note("completed"));
		});
		note("after");
		assertThat(this.events).containsExactly("before: free", "body: locked", "completed: locked", "after: free");
	}

	@Test
	void whenTransactionIsActiveThenKeptUntilCommitted() {
		this.accounts.inTransaction(() -> {
			onCompletion((status) -> note("completed " + status));
			this.accounts.desk.locked(this.key, this.accounts::write);
			note("returned");
			assertRefused();
		});
		assertThat(this.events).containsExactly("returned: locked", "completed 0: locked");
		assertThat(this.accounts.entries()).isOne();
		this.other.desk.locked(this.key, () -> {
		});
	}

	@Test
	void whenTheBodyRegistersWorkForTheEndThenThatRunsUnderTheLockToo() {
		this.accounts
			.inTransaction(() -> this.accounts.desk.locked(this.key, () -> onCompletion((status) -> note("last"))));
		assertThat(this.events).containsExactly("last: locked");
	}

	@Test
	void whenTransactionalMethodJoinsThenKeptForTheOuterTransaction() {
		this.accounts.inTransaction(() -> {
			this.accounts.desk.lockedTransaction(this.key, this.accounts::write);
			note("returned");
		});
		assertThat(this.events).containsExactly("returned: locked");
	}

	@Test
	void whenTransactionRollsBackThenKeptUntilThen() {
		assertThatIllegalStateException().isThrownBy(() -> this.accounts.inTransaction(() -> {
			onCompletion((status) -> note("completed " + status));
			this.accounts.desk.locked(this.key, this.accounts::write);
			throw new IllegalStateException("business");
		})).withMessage("business").satisfies((ex) -> assertThat(ex.getSuppressed()).isEmpty());
		assertThat(this.events).containsExactly("completed 1: locked");
		assertThat(this.accounts.entries()).isZero();
	}

	@Test
	void whenMethodFailsThenKeptUntilTransactionHasEnded() {
		this.accounts.inTransaction(() -> {
			assertThatIllegalStateException().isThrownBy(() -> this.accounts.desk.locked(this.key, () -> {
				throw new IllegalStateException("business");
			})).withMessage("business");
			note("failed");
		});
		assertThat(this.events).containsExactly("failed: locked");
	}

	@Test
	void whenAfterTransactionIsFalseThenReleasedWithTheCall() {
		this.accounts.inTransaction(() -> {
			this.accounts.desk.lockedForTheCall(this.key, () -> note("body"));
			note("returned");
		});
		assertThat(this.events).containsExactly("body: locked", "returned: free");
	}

	@Test
	void whenScopeIsNoTransactionThenReleasedWithTheCall() {
		this.accounts.inTransaction(TransactionDefinition.PROPAGATION_SUPPORTS, () -> {
			this.accounts.desk.locked(this.key, () -> note("body"));
			note("returned");
		});
		assertThat(this.events).containsExactly("body: locked", "returned: free");
	}

	@Test
	void whenCalledInALoopThenTransactionDoesNotWaitForItself() {
		List<Long> tokens = new ArrayList<>();
		this.accounts.inTransaction(() -> {
			this.accounts.desk.locked(this.key, () -> tokens.add(token()));
			TestRedis.resetStatistics(Accounts.redis);
			for (int i = 0; i < 3; i++) {
				this.accounts.desk.locked(this.key, () -> tokens.add(token()));
			}
			tokens.add(token());
			assertThat(TestRedis.calls(Accounts.redis, "evalsha") + TestRedis.calls(Accounts.redis, "eval")).isZero();
			note("looped");
		});
		assertThat(tokens).hasSize(5).containsOnly(tokens.get(0));
		assertThat(this.events).containsExactly("looped: locked");
	}

	@Test
	void whenKeptThenMethodsForTheCallAreInsideToo() {
		this.accounts.inTransaction(() -> {
			this.accounts.desk.locked(this.key, () -> {
			});
			this.accounts.desk.lockedForTheCall(this.key, () -> note("body"));
			note("returned");
		});
		assertThat(this.events).containsExactly("body: locked", "returned: locked");
	}

	@Test
	void whenSeveralKeysThenAllAreKept() {
		String second = Accounts.key();
		this.accounts.inTransaction(() -> {
			this.accounts.desk.lockedTwice(this.key, second, () -> assertCurrent(this.key));
			assertCurrent(this.key);
			assertThat(Lease.current(second)).isPresent();
			assertThat(Accounts.isLocked(second)).isTrue();
			note("returned");
		});
		assertThat(this.events).containsExactly("returned: locked");
		assertThat(Accounts.isLocked(second)).isFalse();
	}

	@Test
	void whenMethodRunsThenItsLeaseIsBeforeTheKeptOnes() {
		String later = Accounts.key();
		this.accounts.inTransaction(() -> {
			this.accounts.desk.locked(this.key, () -> assertCurrent(this.key));
			this.accounts.desk.locked(later, () -> assertCurrent(later));
			assertCurrent(later);
			this.accounts.desk.locked(this.key, () -> assertCurrent(this.key));
		});
		assertThat(Accounts.isLocked(later)).isFalse();
	}

	@Test
	void whenTakenAfterCommitThenReleasedOnCompletion() {
		this.accounts.inTransaction(
				() -> TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

					@Override
					public void afterCommit() {
						KeptLeasesIntegrationTests.this.accounts.desk.locked(KeptLeasesIntegrationTests.this.key,
								() -> note("body"));
					}

				}));
		assertThat(this.events).containsExactly("body: locked");
	}

	@Test
	void whenTakenOnCompletionThenReleasedWithTheCall() {
		this.accounts.inTransaction(() -> onCompletion((status) -> {
			this.accounts.desk.locked(this.key, () -> note("body"));
			note("returned");
		}));
		assertThat(this.events).containsExactly("body: locked", "returned: free");
	}

	@Test
	void whenOutcomeIsUnknownThenReleased() {
		try (Accounts failing = new Accounts(FailingCommits.class)) {
			assertThatExceptionOfType(TransactionSystemException.class).isThrownBy(() -> failing.inTransaction(() -> {
				onCompletion((status) -> note("completed " + status));
				failing.desk.locked(this.key, failing::write);
			}));
		}
		assertThat(this.events).containsExactly("completed 2: locked");
	}

	private void assertRefused() {
		assertThatExceptionOfType(LockNotAcquiredException.class)
			.isThrownBy(() -> this.other.desk.locked(this.key, () -> {
			}));
	}

	private void assertCurrent(String expected) {
		assertThat(Lease.current()).map(Lease::key).contains(expected);
	}

	private long token() {
		return Lease.current(this.key).orElseThrow().fencingToken();
	}

	private void note(String event) {
		this.events.add(event + (Accounts.isLocked(this.key) ? ": locked" : ": free"));
	}

	static void onCompletion(Consumer<Integer> action) {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCompletion(int status) {
				action.accept(status);
			}

		});
	}

}
