/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

/**
 * How a kind of show runs.
 */
interface Act {

	ShowKind kind();

	/**
	 * Runs it to its end.
	 * @param performance what it tells, and waits for
	 * @return a sentence that sums it up
	 * @throws Exception if it has to be broken off
	 */
	String perform(Performance performance) throws Exception;

}
