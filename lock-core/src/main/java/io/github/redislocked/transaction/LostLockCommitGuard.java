/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.transaction;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Has the transaction managers of the application look at the current leases before each
 * commit: a transaction that was begun under a lock is rolled back instead when the lock
 * is known to be lost.
 *
 * @since 0.1.0
 */
public final class LostLockCommitGuard implements BeanPostProcessor, PriorityOrdered {

	private static final Log logger = LogFactory.getLog(LostLockCommitGuard.class);

	// Not a bean: Spring Boot would add it to managers a second time.
	private final TransactionExecutionListener listener = new TransactionExecutionListener() {

		@Override
		public void beforeCommit(TransactionExecution transaction) {
			LostLeases.requireNone();
		}

	};

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		// Reactive managers commit on a thread that has nothing to do with the caller.
		if (bean instanceof PlatformTransactionManager) {
			guard(bean, beanName);
		}
		return bean;
	}

	private void guard(Object manager, String beanName) {
		if (!(manager instanceof ConfigurableTransactionManager configurable)) {
			logger.info(
					"Transaction manager '%s' takes no listeners: a transaction that it begins inside a locked method commits even if the lock was lost"
						.formatted(beanName));
		}
		else if (!configurable.getTransactionExecutionListeners().contains(this.listener)) {
			configurable.addListener(this.listener);
		}
	}

}
