/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

import io.github.redislocked.LockListener;
import io.github.redislocked.LockObserver;
import io.github.redislocked.LockTemplate;
import io.github.redislocked.inspection.LockInspector;
import io.github.redislocked.interceptor.LockCoverageCheck;
import io.github.redislocked.interceptor.LockedMethodSource;
import io.github.redislocked.interceptor.RedisLockedAdvisor;
import io.github.redislocked.interceptor.RedisLockedInterceptor;
import io.github.redislocked.interceptor.RedisLockedValidator;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * The beans of the lock. What intercepts methods is made before most other beans, so it
 * asks for the {@link LockTemplate} and the settings only when a method is locked.
 *
 * @since 0.1.0
 * @see EnableRedisLocks
 */
@Configuration(proxyBeanMethods = false)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
@Import({ LockProxyRegistrar.class, LockTransactionsConfiguration.class, LockContextConfiguration.class })
public class RedisLocksConfiguration {

	@Bean
	@Conditional(OnMissingLockTemplate.class)
	static LockTemplate redisLockTemplate(ObjectProvider<RedisLockSettings> settings,
			ObjectProvider<RedisConnectionFactory> connectionFactories, ObjectProvider<LockListener> listeners,
			ObjectProvider<LockObserver> observers, ObjectProvider<ObservabilitySettings> observability,
			ApplicationContext context) {
		return LockTemplates.create(settings.getIfAvailable(RedisLockSettings::defaults), connectionFactories,
				new ContextAudience(listeners, observers, observability, context));
	}

	@Bean
	static LockInspector redisLockInspector(LockTemplate locks) {
		return (locks instanceof RestartableLocks restartable) ? new RestartableInspector(restartable)
				: new NoInspector();
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static LockTemplateLifecycle redisLockTemplateLifecycle(LockTemplate locks,
			ObjectProvider<RedisLockSettings> settings, ObjectProvider<RedisConnectionFactory> connectionFactories) {
		return new LockTemplateLifecycle(locks, () -> LockStartUpCheck
			.of(settings.getIfAvailable(RedisLockSettings::defaults), LockTemplates.theOne(connectionFactories)));
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static LockedMethodSource redisLockedMethodSource(BeanFactory beanFactory) {
		return new LockedMethodSource(beanFactory, ResultAdapters.present());
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static RedisLockedInterceptor redisLockedInterceptor(LockedMethodSource source,
			ObjectProvider<LockTemplate> locks) {
		return new RedisLockedInterceptor(source, locks::getObject);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static RedisLockedAdvisor redisLockedAdvisor(RedisLockedInterceptor interceptor,
			ObjectProvider<RedisLockSettings> settings) {
		return new RedisLockedAdvisor(interceptor, () -> settings.getIfAvailable(RedisLockSettings::defaults).order());
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static RedisLockedValidator redisLockedValidator(LockedMethodSource source, BeanFactory beanFactory) {
		return new RedisLockedValidator(source, beanFactory);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static LockCoverageCheck redisLockCoverageCheck(RedisLockedValidator validator, BeanFactory beanFactory) {
		return new LockCoverageCheck(validator, (ConfigurableListableBeanFactory) beanFactory);
	}

}
