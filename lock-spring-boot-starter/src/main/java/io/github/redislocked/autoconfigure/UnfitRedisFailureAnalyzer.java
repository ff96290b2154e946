/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.autoconfigure;

import java.util.stream.Collectors;

import io.github.redislocked.config.UnfitRedisException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;

/**
 * Explains what is wrong with the Redis that is to keep the locks.
 */
final class UnfitRedisFailureAnalyzer extends AbstractFailureAnalyzer<UnfitRedisException> implements Ordered {

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnfitRedisException cause) {
		String description = cause.problems()
			.stream()
			.map((problem) -> "%n    %s.".formatted(problem))
			.collect(Collectors.joining("",
					"The application's Redis is not fit for locks, which redis-lock.startup-check=fail does not allow:%n"
						.formatted(),
					""));
		return new FailureAnalysis(description, String.join("%n".formatted(), cause.actions()), cause);
	}

}
