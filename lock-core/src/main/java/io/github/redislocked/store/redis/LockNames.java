/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import io.github.redislocked.LockSpec;
import org.jspecify.annotations.Nullable;

/**
 * What the Redis keys of one protocol's locks look like, so that they are found among
 * others.
 */
interface LockNames {

	/**
	 * Returns what the names have in common.
	 * @return a pattern as {@code SCAN} has it, which other names may match, too
	 */
	String pattern();

	/**
	 * Tells a lock from what only looks like one.
	 * @param name a Redis key that matches the pattern
	 * @return the key, as the user names it; {@code null} if no lock has this name
	 */
	@Nullable String keyOf(String name);

	/**
	 * Returns a name that a lock might have.
	 * @param number any number
	 * @return the name, another one for each number
	 */
	String example(int number);

	/**
	 * Returns whether the beginning of the names decides the cluster slot.
	 * @return {@code true} if all locks are in the slot of the example
	 */
	boolean areInOneSlot();

	/**
	 * Returns whether a lock is a number, so that anything else is none.
	 * @return {@code true} if it is a whole number
	 */
	boolean areOfNumbers();

	/**
	 * Makes a pattern that only one text matches.
	 * @param text the text
	 * @return the text, with what has a meaning in patterns escaped
	 */
	static String literally(String text) {
		return text.replaceAll("[*?\\[\\]\\\\]", "\\\\$0");
	}

	/**
	 * Returns whether a key can be locked.
	 * @param key a key, as the user might name it
	 * @return {@code false} if it would be refused
	 */
	static boolean isUsable(String key) {
		try {
			LockSpec.of(key);
			return true;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
