/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked;

import java.util.regex.Pattern;

/**
 * Text that comes from outside, on its way to a log or a message.
 *
 * @since 0.1.0
 */
public final class LoggedText {

	private static final Pattern CONTROL_CHARACTERS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

	private LoggedText() {
	}

	/**
	 * Makes a text fit for a log.
	 * @param text any text
	 * @return the text with a question mark for each control character and each separator
	 * of lines, which could forge lines of a log
	 */
	public static String of(String text) {
		return CONTROL_CHARACTERS.matcher(text).replaceAll("?");
	}

}
