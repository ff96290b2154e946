/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.transaction;

import java.util.function.IntSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.interceptor.BeanFactoryTransactionAttributeSourceAdvisor;

/**
 * Says at start-up where locks and transactions of the application do not go together.
 *
 * @since 0.1.0
 */
public final class TransactionSetupCheck implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(TransactionSetupCheck.class);

	private final ListableBeanFactory beanFactory;

	private final IntSupplier lockOrder;

	/**
	 * Creates a check.
	 * @param beanFactory where the beans are
	 * @param lockOrder gives the order of the lock's advisor
	 */
	public TransactionSetupCheck(ListableBeanFactory beanFactory, IntSupplier lockOrder) {
		this.beanFactory = beanFactory;
		this.lockOrder = lockOrder;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.beanFactory.getBeansOfType(BeanFactoryTransactionAttributeSourceAdvisor.class, true, false)
			.values()
			.forEach((advisor) -> checkOrder(advisor.getOrder()));
		String[] reactive = this.beanFactory.getBeanNamesForType(ReactiveTransactionManager.class, true, false);
		if (reactive.length > 0) {
			logger.info(
					"Locks do not take part in reactive transactions (%s): such a transaction commits even if a lock was lost, and a lock that is taken inside it is released before it commits"
						.formatted(String.join(", ", reactive)));
		}
	}

	private void checkOrder(int transactionOrder) {
		int order = this.lockOrder.getAsInt();
		if (order >= transactionOrder) {
			logger.warn(
					"Locks are taken inside transactions: redis-lock.order is %d and that of @Transactional is %d, so a method with both begins its transaction before it has the lock and may read what the holder before it has changed since. Give redis-lock.order a smaller value, or @EnableTransactionManagement a greater one"
						.formatted(order, transactionOrder));
		}
	}

}
