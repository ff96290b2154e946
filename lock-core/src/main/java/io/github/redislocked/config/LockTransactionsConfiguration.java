/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

import io.github.redislocked.LeaseKeeper;
import io.github.redislocked.transaction.LostLockCommitGuard;
import io.github.redislocked.transaction.TransactionLeaseKeeper;
import io.github.redislocked.transaction.TransactionSetupCheck;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.ClassUtils;

/**
 * What locks have to do with transactions, where Spring's are on the class path.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(LockTransactionsConfiguration.OnTransactions.class)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
class LockTransactionsConfiguration {

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static LeaseKeeper redisLockTransactionLeaseKeeper() {
		return new TransactionLeaseKeeper();
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static LostLockCommitGuard redisLockCommitGuard() {
		return new LostLockCommitGuard();
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static TransactionSetupCheck redisLockTransactionSetupCheck(ListableBeanFactory beanFactory,
			ObjectProvider<RedisLockSettings> settings) {
		return new TransactionSetupCheck(beanFactory,
				() -> settings.getIfAvailable(RedisLockSettings::defaults).order());
	}

	static final class OnTransactions implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			return ClassUtils.isPresent("org.springframework.transaction.ConfigurableTransactionManager",
					context.getClassLoader());
		}

	}

}
