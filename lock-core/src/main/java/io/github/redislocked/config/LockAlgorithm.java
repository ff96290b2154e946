/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

/**
 * The protocol that clients speak to Redis. All clients of a key must speak the same.
 *
 * @since 0.1.0
 */
public enum LockAlgorithm {

	/**
	 * Owner tokens, a queue of waiters and direct hand-off. The default.
	 */
	QUEUE,

	/**
	 * Wire-compatible with clients that use SETNX, GET, GETSET and DEL on a Unix time in
	 * seconds.
	 */
	GETSET

}
