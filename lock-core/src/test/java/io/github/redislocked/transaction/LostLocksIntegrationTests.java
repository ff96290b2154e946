/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.transaction;

import java.time.Duration;

import javax.sql.DataSource;

import io.github.redislocked.Lease;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockTemplate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A transaction does not commit under a lease that is known to be lost.
 */
class LostLocksIntegrationTests {

	private static final Runnable NOTHING = () -> {
	};

	private final Accounts accounts = new Accounts();

	private final String key = Accounts.key();

	@AfterEach
	void close() {
		assertThat(Accounts.isLocked(this.key)).isFalse();
		assertThat(Lease.current()).isEmpty();
		this.accounts.close();
	}

	@Test
	void whenLockAroundTransactionIsLostThenRolledBack() {
		assertLost(() -> this.accounts.desk.lockedTransaction(this.key, () -> {
			this.accounts.write();
			Accounts.lose(this.key);
		}));
		assertThat(this.accounts.entries()).isZero();
	}

	@Test
	void whenLeaseAroundTransactionRanOutThenRolledBack() {
		assertLost(() -> this.accounts.desk.lockedShortly(this.key, () -> this.accounts.inTransaction(() -> {
			this.accounts.write();
			Lease lease = Lease.current().orElseThrow();
			Awaitility.await().until(() -> lease.remaining().isZero());
		})));
		assertThat(this.accounts.entries()).isZero();
	}

	@Test
	void whenLockOfTemplateIsLostThenTransactionOfTemplateIsRolledBack() {
		LockTemplate locks = this.accounts.context.getBean(LockTemplate.class);
		assertLost(
				() -> locks.execute(LockSpec.of(this.key).timeout(Duration.ofSeconds(1)), () -> this.rolledBack(() -> {
					this.accounts.write();
					Accounts.lose(this.key);
				})));
		assertThat(this.accounts.entries()).isZero();
	}

	@Test
	void whenOuterOneOfTwoLocksIsLostThenRolledBack() {
		String inner = Accounts.key();
		assertLost(() -> this.accounts.desk.locked(this.key, () -> this.accounts.desk.lockedTransaction(inner, () -> {
			this.accounts.write();
			Accounts.lose(this.key);
		})));
		assertThat(this.accounts.entries()).isZero();
	}

	@Test
	void whenKeptLockIsLostThenRolledBack() {
		assertLost(() -> this.accounts.inTransaction(() -> {
			this.accounts.desk.locked(this.key, this.accounts::write);
			Accounts.lose(this.key);
		}));
		assertThat(this.accounts.entries()).isZero();
	}

	@Test
	void whenLossIsSwallowedThenRolledBackAllTheSame() {
		assertLost(() -> this.accounts.inTransaction(() -> {
			assertLost(() -> this.accounts.desk.locked(this.key, () -> {
				this.accounts.write();
				Accounts.lose(this.key);
			}));
			this.accounts.desk.locked(this.key, NOTHING);
		}));
		assertThat(this.accounts.entries()).isZero();
	}

	@Test
	void whenManagerIsNoBeanThenKeptLockCountsAllTheSame() {
		TransactionTemplate transactions = new TransactionTemplate(
				new JdbcTransactionManager(this.accounts.context.getBean(DataSource.class)));
		assertLost(() -> transactions.executeWithoutResult((status) -> {
			this.accounts.desk.locked(this.key, this.accounts::write);
			Accounts.lose(this.key);
		}));
		assertThat(this.accounts.entries()).isZero();
	}

	@Test
	void whenMethodFailsThenItsExceptionWins() {
		assertThatIllegalStateException().isThrownBy(() -> this.accounts.desk.lockedTransaction(this.key, () -> {
			Accounts.lose(this.key);
			throw new IllegalStateException("business");
		}))
			.withMessage("business")
			.satisfies((ex) -> assertThat(ex.getSuppressed()).hasOnlyElementsOfType(LockLostException.class));
	}

	@Test
	void whenMethodInTransactionFailsThenItsExceptionWins() {
		assertThatIllegalStateException()
			.isThrownBy(() -> this.accounts.inTransaction(() -> this.accounts.desk.locked(this.key, () -> {
				Accounts.lose(this.key);
				throw new IllegalStateException("business");
			})))
			.withMessage("business")
			.satisfies((ex) -> assertThat(ex.getSuppressed()).hasOnlyElementsOfType(LockLostException.class));
	}

	@Test
	void whenLockOfNestedTransactionIsLostThenTheWholeIsRolledBack() {
		Runnable nested = () -> this.accounts.inTransaction(TransactionDefinition.PROPAGATION_NESTED, () -> {
			this.accounts.write();
			Accounts.lose(this.key);
		});
		// Spring's managers do so with any failure in the commit of a nested transaction.
		assertThatExceptionOfType(UnexpectedRollbackException.class)
			.isThrownBy(() -> this.accounts.inTransaction(() -> {
				this.accounts.write();
				assertLost(() -> this.accounts.desk.lockedForTheCall(this.key, nested));
			}));
		assertThat(this.accounts.entries()).isZero();
	}

	@Test
	void whenSuspendedTransactionHasLostItsLockThenOnlyThatIsRolledBack() {
		assertLost(() -> this.accounts.inTransaction(() -> {
			this.accounts.desk.locked(this.key, this.accounts::write);
			Lease lease = Lease.current(this.key).orElseThrow();
			this.accounts.inNewTransaction(() -> {
				this.accounts.write();
				lease.run(() -> Accounts.lose(this.key));
			});
		}));
		assertThat(this.accounts.entries()).isOne();
	}

	@Test
	void whenMethodWithNewTransactionLosesItsLockThenBothAreRolledBack() {
		assertLost(() -> this.accounts.inTransaction(() -> {
			this.accounts.write();
			assertLost(() -> this.accounts.desk.lockedNewTransaction(this.key, () -> {
				this.accounts.write();
				Accounts.lose(this.key);
			}));
			assertThat(this.accounts.entries()).isOne();
		}));
		assertThat(this.accounts.entries()).isZero();
	}

	@Test
	void whenLockForTheCallIsLostThenCallerIsToldAtItsEnd() {
		assertLost(() -> this.accounts.inTransaction(() -> {
			this.accounts.write();
			this.accounts.desk.lockedForTheCall(this.key, () -> Accounts.delete(this.key));
		}));
		assertThat(this.accounts.entries()).isZero();
	}

	@Test
	void whenLeaseWasClosedInsideThenCommitted() {
		LockTemplate locks = this.accounts.context.getBean(LockTemplate.class);
		this.accounts.inTransaction(() -> {
			Lease lease = locks.acquireAsync(LockSpec.of(this.key)).toCompletableFuture().join();
			lease.run(() -> {
				lease.close();
				this.accounts.inNewTransaction(this.accounts::write);
			});
		});
		assertThat(this.accounts.entries()).isOne();
	}

	@Test
	void whenLockIsHeldThenCommitted() {
		this.accounts.desk.lockedTransaction(this.key, this.accounts::write);
		assertThat(this.accounts.entries()).isOne();
	}

	private Void rolledBack(Runnable body) {
		assertLost(() -> this.accounts.inTransaction(body));
		assertThat(this.accounts.entries()).isZero();
		return null;
	}

	private static void assertLost(ThrowingCallable code) {
		assertThatExceptionOfType(LockLostException.class).isThrownBy(code);
	}

}
