/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.BaseStream;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ReflectionUtils;

/**
 * Turns the value of an expression into the text of a key, or of several. What has no
 * text that says which object it is would lock nothing, or everything, and is refused.
 */
final class KeyText {

	private static final ClassValue<Boolean> HAS_TEXT = new ClassValue<>() {

		@Override
		protected Boolean computeValue(Class<?> type) {
			var toString = ReflectionUtils.findMethod(type, "toString");
			return toString != null && toString.getDeclaringClass() != Object.class;
		}

	};

	private KeyText() {
	}

	/**
	 * Hands on the text of a value, or of each element of a collection or array.
	 * @param value the value
	 * @param consumer receives the texts, at least one
	 */
	static void each(@Nullable Object value, Consumer<String> consumer) {
		Object plain = unwrap(value);
		if (plain instanceof Collection<?> collection) {
			require(!collection.isEmpty(), "is an empty collection");
			collection.forEach((element) -> each(element, consumer));
		}
		else if (plain != null && plain.getClass().isArray()) {
			int length = Array.getLength(plain);
			require(length > 0, "is an empty array");
			for (int i = 0; i < length; i++) {
				each(Array.get(plain, i), consumer);
			}
		}
		else {
			consumer.accept(text(plain));
		}
	}

	/**
	 * Returns the text of a value that is a part of a key.
	 * @param value the value
	 * @param expression where it comes from
	 * @return the text
	 */
	static String single(@Nullable Object value, String expression) {
		Object plain = unwrap(value);
		if (plain instanceof Collection<?> || (plain != null && plain.getClass().isArray())) {
			throw new IllegalArgumentException("holds several values, of #{%s}; for a key per value write #{%s.![...]}"
				.formatted(expression, expression));
		}
		return text(plain);
	}

	private static @Nullable Object unwrap(@Nullable Object value) {
		if (value instanceof Optional<?> optional) {
			return optional.orElse(null);
		}
		if (value instanceof OptionalInt optional) {
			return optional.isPresent() ? optional.getAsInt() : null;
		}
		if (value instanceof OptionalLong optional) {
			return optional.isPresent() ? optional.getAsLong() : null;
		}
		if (value instanceof OptionalDouble optional) {
			return optional.isPresent() ? optional.getAsDouble() : null;
		}
		return value;
	}

	private static String text(@Nullable Object value) {
		if (value == null) {
			throw new IllegalArgumentException("is null, or has a part or an element that is null");
		}
		boolean several = value instanceof Iterable<?> && !(value instanceof Path);
		require(!several
				&& !(value instanceof Iterator<?> || value instanceof BaseStream<?, ?> || value instanceof Map<?, ?>)
				&& HAS_TEXT.get(value.getClass()),
				"is a " + value.getClass().getName()
						+ ", which does not say in its text which one it is; lock an identifier, or a collection of them");
		return String.valueOf(value);
	}

	private static void require(boolean condition, String problem) {
		if (!condition) {
			throw new IllegalArgumentException(problem);
		}
	}

}
