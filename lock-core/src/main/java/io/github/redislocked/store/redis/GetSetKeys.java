/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The Redis keys of a lock of the protocol {@code getset}: the lock, whose name is the
 * wire contract, and its companion. The companion's name determines the lock's, it lies
 * in the same cluster slot, and no lock has such a name.
 */
final class GetSetKeys implements LockNames {

	/**
	 * How every companion begins.
	 */
	static final String COMPANION = "redis-lock-owner:";

	private final String prefix;

	GetSetKeys(String prefix) {
		this.prefix = prefix;
	}

	/**
	 * Names the Redis keys of a lock.
	 * @param key the key as the user names it
	 * @return the lock and its companion, as the scripts expect them
	 * @throws IllegalArgumentException if there is no such name for the companion
	 */
	List<String> of(String key) {
		String lock = this.prefix + key;
		return List.of(lock, companionOf(lock));
	}

	@Override
	public String pattern() {
		return LockNames.literally(this.prefix) + "*";
	}

	@Override
	public @Nullable String keyOf(String name) {
		if (!name.startsWith(this.prefix)) {
			return null;
		}
		String key = name.substring(this.prefix.length());
		try {
			of(key);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
		return LockNames.isUsable(key) ? key : null;
	}

	@Override
	public String example(int number) {
		return this.prefix + number;
	}

	@Override
	public boolean areInOneSlot() {
		return hasHashTag(this.prefix);
	}

	@Override
	public boolean areOfNumbers() {
		return true;
	}

	private static String companionOf(String lock) {
		if (lock.isEmpty()) {
			throw new IllegalArgumentException("an empty name is no Redis key for a lock: give it a key");
		}
		if (lock.startsWith(COMPANION)) {
			throw new IllegalArgumentException("Redis keys that begin with '" + COMPANION
					+ "' are kept for owners of locks: choose another key or key-prefix");
		}
		if (hasHashTag(lock)) {
			return COMPANION + "tagged:" + lock;
		}
		if (lock.indexOf('}') < 0) {
			return COMPANION + "{" + lock + "}";
		}
		throw new IllegalArgumentException(
				"no other Redis key can be sure to share a cluster slot with a name whose braces are unpaired or empty: "
						+ "remove the '}' from the key, or use a hash tag such as {42}");
	}

	// A cluster takes the slot from what stands between the first opening brace and the
	// first closing one after it, unless that is empty.
	private static boolean hasHashTag(String name) {
		int open = name.indexOf('{');
		return open >= 0 && name.indexOf('}', open) > open + 1;
	}

}
