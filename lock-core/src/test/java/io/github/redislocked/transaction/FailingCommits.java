/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.transaction;

import javax.sql.DataSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.DefaultTransactionStatus;

/**
 * Transactions of which nobody knows whether they were committed.
 */
@Configuration(proxyBeanMethods = false)
class FailingCommits {

	@Bean
	@Primary
	PlatformTransactionManager failingTransactionManager(DataSource dataSource) {
		return new Failing(dataSource);
	}

	@SuppressWarnings("serial")
	private static final class Failing extends JdbcTransactionManager {

		Failing(DataSource dataSource) {
			super(dataSource);
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
			throw new TransactionSystemException("The connection broke");
		}

	}

}
