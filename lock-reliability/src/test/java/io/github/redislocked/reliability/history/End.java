/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.history;

/**
 * What became of a lease, as its holder was told when it closed it.
 */
public enum End {

	/** It has not been closed, or closing it has not returned. */
	OPEN,

	/** It was released, or is being released in the background. */
	RELEASED,

	/** It had been lost. */
	LOST

}
