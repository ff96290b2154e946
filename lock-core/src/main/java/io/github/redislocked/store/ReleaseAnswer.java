/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store;

/**
 * What a store answers to a release or a cancel.
 *
 * @since 0.1.0
 */
public enum ReleaseAnswer {

	/**
	 * The token owned the lock; it does no longer.
	 */
	RELEASED,

	/**
	 * The token had been closed before: this command is a repetition.
	 */
	ALREADY_CLOSED,

	/**
	 * The token did not own the lock. For a release this means that the lock was lost,
	 * for a cancel it is the ordinary case.
	 */
	NOT_OWNED

}
