/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.autoconfigure;

import io.github.redislocked.actuate.RedisLocksEndpoint;
import io.github.redislocked.inspection.LockInspector;
import io.github.redislocked.interceptor.LockedMethodSource;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the endpoint {@code redislocks}, if the application has Spring
 * Boot Actuator and exposes it.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = RedisLockAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(RedisLocksEndpoint.class)
public final class RedisLocksEndpointAutoConfiguration {

	@Bean
	RedisLocksEndpoint redisLocksEndpoint(LockInspector inspector, LockedMethodSource methods,
			RedisLockProperties properties) {
		return new RedisLocksEndpoint(inspector, methods::methods, properties.actuator().forceRelease());
	}

}
