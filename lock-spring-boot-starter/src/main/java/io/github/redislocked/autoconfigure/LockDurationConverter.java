/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.autoconfigure;

import java.time.Duration;
import java.util.Set;

import io.github.redislocked.interceptor.LockDurations;
import org.jspecify.annotations.Nullable;

import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.ConditionalGenericConverter;

/**
 * Reads the durations of {@code redis-lock.*} like those of the annotation. Everybody
 * else's durations, in which a bare number means milliseconds, are left alone: only what
 * is marked with {@link LockDuration @LockDuration} comes here.
 */
final class LockDurationConverter implements ConditionalGenericConverter {

	@Override
	public Set<ConvertiblePair> getConvertibleTypes() {
		return Set.of(new ConvertiblePair(String.class, Duration.class),
				new ConvertiblePair(Number.class, Duration.class));
	}

	@Override
	public boolean matches(TypeDescriptor sourceType, TypeDescriptor targetType) {
		return targetType.hasAnnotation(LockDuration.class);
	}

	@Override
	public @Nullable Object convert(@Nullable Object source, TypeDescriptor sourceType, TypeDescriptor targetType) {
		// As with Spring Boot's own: a property without a value has its default.
		return (source != null && !source.toString().isEmpty()) ? LockDurations.parse(source.toString()) : null;
	}

}
