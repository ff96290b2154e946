/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.history;

/**
 * What became of an attempt to take a lock, as its caller sees it.
 */
public enum Outcome {

	/** The caller has no answer. */
	PENDING,

	/** It has a lease. */
	GRANTED,

	/** It was told that it has none. */
	REFUSED,

	/** Redis could not be asked, or gave an error. */
	FAILED,

	/** It was interrupted, or has cancelled the attempt. */
	GIVEN_UP

}
