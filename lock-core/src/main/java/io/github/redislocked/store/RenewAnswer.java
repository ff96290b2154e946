/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store;

/**
 * What a store answers to a renewal.
 *
 * @since 0.1.0
 */
public enum RenewAnswer {

	/**
	 * The token owns the lock, for at least the time asked for.
	 */
	RENEWED,

	/**
	 * The token does not own the lock: it was lost.
	 */
	NOT_OWNED

}
