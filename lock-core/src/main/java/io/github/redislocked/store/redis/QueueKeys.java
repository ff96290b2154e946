/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The Redis keys of the protocol {@code queue}. The key, as the user names it, stands in
 * braces, so that the three Redis keys of a lock share a slot; its own braces and percent
 * signs are escaped, so that no two keys share a Redis key, and none can choose the slot.
 */
final class QueueKeys implements LockNames {

	private static final String QUEUE = ":queue";

	private static final String STATE = ":fence";

	private final String prefix;

	QueueKeys(String prefix) {
		if (prefix.indexOf('{') >= 0 || prefix.indexOf('}') >= 0) {
			throw new IllegalArgumentException("redis-lock.key-prefix is '" + prefix
					+ "', but must not hold braces: they decide the cluster slot");
		}
		this.prefix = prefix;
	}

	/**
	 * Returns the Redis keys of a lock: lock, queue and state.
	 * @param key the key, as the user names it
	 * @return the three Redis keys
	 */
	List<String> of(String key) {
		String lock = lock(key);
		return List.of(lock, lock + QUEUE, lock + STATE);
	}

	/**
	 * Returns the Redis key of a lock itself.
	 * @param key the key, as the user names it
	 * @return the Redis key, in whose slot the others are, too
	 */
	String lock(String key) {
		return this.prefix + "{" + escape(key) + "}";
	}

	/**
	 * Returns the key of a lock.
	 * @param lock the Redis key of the lock
	 * @return the key, as the user names it
	 */
	String userKey(String lock) {
		String escaped = lock.substring(this.prefix.length() + 1, lock.length() - 1);
		return escaped.replace("%7B", "{").replace("%7D", "}").replace("%25", "%");
	}

	@Override
	public String pattern() {
		return LockNames.literally(this.prefix) + "{*}";
	}

	@Override
	public @Nullable String keyOf(String name) {
		if (!name.startsWith(this.prefix + "{") || !name.endsWith("}")) {
			return null;
		}
		String key = userKey(name);
		return (lock(key).equals(name) && LockNames.isUsable(key)) ? key : null;
	}

	@Override
	public String example(int number) {
		return lock(Integer.toString(number));
	}

	@Override
	public boolean areInOneSlot() {
		return false;
	}

	@Override
	public boolean areOfNumbers() {
		return false;
	}

	private static String escape(String key) {
		if (key.indexOf('{') < 0 && key.indexOf('}') < 0 && key.indexOf('%') < 0) {
			return key;
		}
		return key.replace("%", "%25").replace("{", "%7B").replace("}", "%7D");
	}

}
