/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks;

import io.github.redislocked.benchmarks.report.Targets;

/**
 * One part of the benchmarks.
 */
interface Part {

	/**
	 * Measures, and fills the places of the page.
	 * @param laboratory what it works with
	 * @throws InterruptedException if the thread was interrupted
	 */
	void measure(Laboratory laboratory) throws InterruptedException;

	/**
	 * Says what was to be reached, and what was; nothing was, if it was not measured.
	 * @param targets the targets of all parts
	 */
	void judge(Targets targets);

}
