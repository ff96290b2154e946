/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.server;

import java.util.List;

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

	@Override
	void close();

}
