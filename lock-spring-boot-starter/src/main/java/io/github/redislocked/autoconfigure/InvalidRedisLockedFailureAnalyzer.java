/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.autoconfigure;

import io.github.redislocked.interceptor.InvalidRedisLockedException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;

/**
 * Explains a {@link io.github.redislocked.annotation.RedisLocked @RedisLocked} that could
 * not work.
 */
final class InvalidRedisLockedFailureAnalyzer extends AbstractFailureAnalyzer<InvalidRedisLockedException>
		implements Ordered {

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidRedisLockedException cause) {
		StringBuilder description = new StringBuilder("A @RedisLocked cannot work: %s.%n".formatted(cause.problem()));
		description.append("%n    Class: %s".formatted(cause.beanClass().getName()));
		cause.method().ifPresent((method) -> description.append("%n    Method: %s".formatted(method)));
		cause.attribute().ifPresent((attribute) -> description.append("%n    Attribute: %s".formatted(attribute)));
		cause.value().ifPresent((value) -> description.append("%n    Value: \"%s\"".formatted(value)));
		return new FailureAnalysis(description.toString(), cause.action(), cause);
	}

}
