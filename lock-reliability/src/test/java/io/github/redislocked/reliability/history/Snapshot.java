/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.history;

import java.util.List;

/**
 * What stood in Redis at one moment.
 *
 * @param at end of the reading, which is short, on the monotonic clock
 * @param quiet whether no live process wanted or held a lock
 * @param locks the locks
 * @param waiting who stands in queues or has terms of waiting
 * @param withoutExpiry Redis keys that would stay for ever
 * @param subscriptions wake-up channels with a subscriber
 * @param connections connections of clients, to the server that has the most
 */
public record Snapshot(long at, boolean quiet, List<Lock> locks, List<Waiter> waiting, List<String> withoutExpiry,
		long subscriptions, long connections) {

	/**
	 * A lock in Redis.
	 *
	 * @param key number of the key
	 * @param token owner token of its holder
	 */
	public record Lock(int key, String token) {

	}

	/**
	 * A waiter in Redis.
	 *
	 * @param token its owner token
	 * @param name the Redis key that names it
	 */
	public record Waiter(String token, String name) {

		@Override
		public String toString() {
			return this.token + " in " + this.name;
		}

	}

}
