/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Starts contexts that are to be refused.
 */
final class Refusals {

	private Refusals() {
	}

	static InvalidRedisLockedException of(Class<?>... components) {
		return of(Map.of(), components);
	}

	static InvalidRedisLockedException of(Map<String, Object> properties, Class<?>... components) {
		Throwable failure = catchThrowable(() -> LockedBeans.with(properties, components).close());
		assertThat(failure).as("start-up with " + components[0].getSimpleName()).isNotNull();
		for (Throwable ex = failure; ex != null; ex = ex.getCause()) {
			if (ex instanceof InvalidRedisLockedException invalid) {
				assertThat(invalid).hasMessageContaining(invalid.problem())
					.hasMessageContaining(invalid.action())
					.hasMessageContaining(invalid.beanClass().getName());
				return invalid;
			}
		}
		throw new AssertionError("refused for another reason", failure);
	}

}
