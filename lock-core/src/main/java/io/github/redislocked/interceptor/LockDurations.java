/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.format.annotation.DurationFormat;
import org.springframework.format.datetime.standard.DurationFormatterUtils;

/**
 * Reads durations as users of the lock write them, in the annotation and in
 * {@code application.yml}: {@code 10s}, {@code 500ms}, {@code 1m30s}, {@code PT10S}, or a
 * bare number of seconds.
 *
 * @since 0.1.0
 */
public final class LockDurations {

	private LockDurations() {
	}

	/**
	 * Reads a duration.
	 * @param text the duration, as a user has written it
	 * @return the duration, which may be zero or negative
	 * @throws IllegalArgumentException if the text is no duration; the message says what
	 * to write instead
	 */
	public static Duration parse(@Nullable String text) {
		// Spring reads a lone sign or empty parentheses as zero.
		if (text == null || text.chars().noneMatch(Character::isDigit)) {
			throw unreadable(text, null);
		}
		try {
			return DurationFormatterUtils.detectAndParse(text.strip(), DurationFormat.Unit.SECONDS);
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			throw unreadable(text, ex);
		}
	}

	private static IllegalArgumentException unreadable(@Nullable String text, @Nullable Exception cause) {
		return new IllegalArgumentException(
				"%s is no duration; write it like 10s, 500ms, 1m30s or PT10S, or as a bare number of seconds"
					.formatted((text != null) ? "'" + text + "'" : "null"),
				cause);
	}

}
