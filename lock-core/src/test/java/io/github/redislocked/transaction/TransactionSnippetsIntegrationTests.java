/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.transaction;

import java.time.Duration;
import java.util.List;

import io.github.redislocked.Lease;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockTemplate;
import io.github.redislocked.annotation.RedisLocked;
import io.github.redislocked.testing.DocumentedSnippets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Runs the code that {@code docs/transactions.md} shows.
 */
class TransactionSnippetsIntegrationTests {

	private final Accounts accounts = new Accounts(Deposits.class, Savings.class);

	private final Deposits deposits = this.accounts.context.getBean(Deposits.class);

	private final Savings savings = this.accounts.context.getBean(Savings.class);

	private final JdbcTemplate database = this.accounts.database;

	@BeforeEach
	void table() {
		this.database.execute("create table account (id varchar(9), balance bigint)");
		this.database.update("insert into account values ('a', 0), ('b', 0)");
	}

	@AfterEach
	void close() {
		this.accounts.close();
	}

	@Test
	void pageShowsThisCode() {
		DocumentedSnippets.ofPage("docs/transactions.md").areFrom(TransactionSnippetsIntegrationTests.class);
	}

	@Test
	void lockIsAroundTheMethodsOwnTransaction() {
		this.deposits.deposit("a", 5);
		assertThat(balance("a")).isEqualTo(5);
		assertThat(Accounts.isLocked("account:a")).isFalse();
	}

	@Test
	void locksAreKeptForTheOuterTransaction() {
		this.accounts.inTransaction(() -> {
			this.savings.depositEverywhere(List.of("a", "b", "a"), 5);
			assertThat(Accounts.isLocked("account:a") && Accounts.isLocked("account:b")).isTrue();
		});
		assertThat(balance("a")).isEqualTo(10);
		assertThat(Accounts.isLocked("account:a") || Accounts.isLocked("account:b")).isFalse();
	}

	@Test
	void lockCanEndWithTheCall() {
		this.accounts.inTransaction(() -> {
			assertThat(this.deposits.nextNumber()).isOne();
			assertThat(Accounts.isLocked("account-number")).isFalse();
		});
	}

	@Test
	void lockOfTheTemplateIsAroundTheTransaction() throws InterruptedException {
		Transfers transfers = new Transfers(this.accounts.context.getBean(LockTemplate.class),
				new TransactionTemplate(this.accounts.context.getBean(PlatformTransactionManager.class)));
		transfers.apply(LockSpec.of("account:a"), () -> this.deposits.add("a", 3));
		assertThat(balance("a")).isEqualTo(3);
		assertThatExceptionOfType(LockLostException.class)
			.isThrownBy(() -> transfers.apply(LockSpec.of("account:a"), () -> {
				this.deposits.add("a", 3);
				Accounts.delete("account:a");
				Lease.current().orElseThrow().renew(Duration.ofMinutes(1));
			}));
		assertThat(balance("a")).isEqualTo(3);
	}

	private long balance(String id) {
		Long balance = this.database.queryForObject("select balance from account where id = ?", Long.class, id);
		return (balance != null) ? balance : -1;
	}

	static class Deposits {

		private final JdbcTemplate database;

		private long number;

		Deposits(JdbcTemplate database) {
			this.database = database;
		}

		// tag::own[]
		@RedisLocked(key = "'account:' + #id")
		@Transactional
		void deposit(String id, long amount) {
			add(id, amount);
		}
		// end::own[]

		// tag::optOut[]
		@RedisLocked(key = "account-number", afterTransaction = false)
		long nextNumber() {
			return increment();
		}
		// end::optOut[]

		void add(String id, long amount) {
			this.database.update("update account set balance = balance + ? where id = ?", amount, id);
		}

		private long increment() {
			return ++this.number;
		}

	}

	static class Savings {

		private final Deposits deposits;

		Savings(Deposits deposits) {
			this.deposits = deposits;
		}

		// tag::outer[]
		@Transactional
		void depositEverywhere(List<String> ids, long amount) {
			ids.forEach((id) -> this.deposits.deposit(id, amount));
		}
		// end::outer[]

	}

	static class Transfers {

		private final LockTemplate locks;

		private final TransactionTemplate transactions;

		Transfers(LockTemplate locks, TransactionTemplate transactions) {
			this.locks = locks;
			this.transactions = transactions;
		}

		void apply(LockSpec spec, Runnable transfer) throws InterruptedException {
			// tag::template[]
			this.locks.execute(spec, () -> this.transactions.execute((status) -> {
				transfer.run();
				return null;
			}));
			// end::template[]
		}

	}

}
