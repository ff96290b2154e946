/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.github.redislocked.annotation.RedisLocked;
import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lock is held from before the transaction begins until after it has ended.
 */
class TransactionOrderIntegrationTests {

	private static final StringRedisTemplate redis = TestRedis.shared().template();

	private final Transactions transactions = new Transactions();

	private final ApplicationContextRunner contextRunner = Contexts.withRedis()
		.withBean(Transactions.class, () -> this.transactions)
		.withBean(Ledger.class);

	@Test
	void whenMethodIsTransactionalThenLockIsOutside() {
		this.contextRunner.withUserConfiguration(WithTransactions.class)
			.run((context) -> context.getBean(Ledger.class).book());
		assertThat(this.transactions.events).containsExactly("begin, locked", "commit, locked", "end, locked");
		assertThat(redis.hasKey("redis-lock:{ledger}")).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "99, locked", "101, free" })
	void whenOrderIsSetThenItCounts(int order, String state) {
		this.contextRunner.withUserConfiguration(WithTransactionsAt100.class)
			.withPropertyValues("redis-lock.order=" + order)
			.run((context) -> context.getBean(Ledger.class).book());
		assertThat(this.transactions.events).startsWith("begin, " + state);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement(proxyTargetClass = true)
	static class WithTransactions {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement(proxyTargetClass = true, order = 100)
	static class WithTransactionsAt100 {

	}

	static class Ledger {

		@Transactional
		@RedisLocked(key = "ledger")
		void book() {
		}

	}

	@SuppressWarnings("serial")
	static class Transactions extends AbstractPlatformTransactionManager {

		private final transient List<String> events = new ArrayList<>();

		@Override
		protected Object doGetTransaction() {
			return this;
		}

		@Override
		protected void doBegin(Object transaction, TransactionDefinition definition) {
			record("begin");
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
			record("commit");
		}

		@Override
		protected void doRollback(DefaultTransactionStatus status) {
			record("rollback");
		}

		@Override
		protected void doCleanupAfterCompletion(Object transaction) {
			record("end");
		}

		private void record(String event) {
			this.events.add(event + (redis.hasKey("redis-lock:{ledger}") ? ", locked" : ", free"));
		}

	}

}
