/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

import io.github.redislocked.interceptor.CallerContext;
import io.github.redislocked.observation.SnapshotCallerContext;

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
 * What travels with asynchronous methods, where Micrometer's context propagation is on
 * the class path.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(LockContextConfiguration.OnContextPropagation.class)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
class LockContextConfiguration {

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static CallerContext redisLockCallerContext() {
		return new SnapshotCallerContext();
	}

	static final class OnContextPropagation implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			return ClassUtils.isPresent("io.micrometer.context.ContextSnapshotFactory", context.getClassLoader());
		}

	}

}
