/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked;

/**
 * How a lock came to the caller that acquired it.
 *
 * @since 0.1.0
 */
public enum LockOrigin {

	/**
	 * Redis gave it when it was asked: it was free, or the lease of its former holder had
	 * run out. The same goes for one that was handed over, if the news of that did not
	 * arrive.
	 */
	FREE,

	/**
	 * Another caller of this process passed it on, with a command or without one.
	 */
	LOCAL,

	/**
	 * A holder in another process handed it over.
	 */
	REMOTE

}
