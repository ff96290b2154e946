/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.autoconfigure;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.convert.ConversionException;

/**
 * Explains a {@code redis-lock.*} property whose text cannot be read. Spring Boot's own
 * analysis of it would name Java types, not what to write.
 */
final class LockPropertyBindFailureAnalyzer extends AbstractFailureAnalyzer<BindException> implements Ordered {

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("redis-lock");

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
		ConfigurationProperty property = cause.getProperty();
		String requirement = requirement(cause.getTarget().getType().resolve(Object.class));
		if (property == null || requirement == null || !PREFIX.isParentOf(cause.getName())
				|| !(cause.getCause() instanceof ConversionException)) {
			return null;
		}
		return LockPropertyFailure.analysis(cause.getName().toString(), property.getValue(), property.getOrigin(),
				requirement, cause);
	}

	private static @Nullable String requirement(Class<?> type) {
		if (type == Duration.class) {
			return "must be a duration like 10s, 500ms, 1m30s or PT10S, or a bare number of seconds";
		}
		if (type == boolean.class) {
			return "must be true or false";
		}
		if (type == int.class) {
			return "must be a whole number between " + Integer.MIN_VALUE + " and " + Integer.MAX_VALUE;
		}
		return type.isEnum() ? Arrays.stream(type.getEnumConstants())
			.map((constant) -> constant.toString().toLowerCase(Locale.ROOT))
			.collect(Collectors.joining(", ", "must be one of ", "")) : null;
	}

}
