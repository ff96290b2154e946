/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.server;

import java.util.List;
import java.util.Set;

import redis.clients.jedis.Jedis;

/**
 * One or several servers that are one place for locks.
 */
public interface Servers extends AutoCloseable {

	/**
	 * Tells where clients find locks.
	 * @return the address, which does not change
	 */
	Address address();

	/**
	 * Connects to each server that takes locks now.
	 * @return the connections, to be closed by the caller
	 */
	List<Jedis> connect();

	/**
	 * Tells which of them take locks now, where they agree on that among themselves.
	 * @return the ports; none where it is always the same
	 */
	default Set<Integer> primaries() {
		return Set.of();
	}

	/**
	 * Tells how often another one of them has become the primary, where they count that:
	 * the first one may be it again by now.
	 * @return a number that grows with each time; always the same where nobody counts
	 */
	default long failOvers() {
		return 0;
	}

	@Override
	void close();

}
