/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.report;

import java.util.List;

/**
 * What was to be reached, and what was.
 */
public final class Targets {

	private final Table table = new Table(List.of("what", "target", "measured", "met"));

	/**
	 * Adds a figure that must not be smaller than its target.
	 * @param what what is measured
	 * @param target the target
	 * @param measured the figure; no number if it was not measured
	 */
	public void atLeast(String what, double target, double measured) {
		add(what, "≥ " + Figures.of(target), measured, measured >= target);
	}

	/**
	 * Adds a figure that must not be greater than its target.
	 * @param what what is measured
	 * @param target the target
	 * @param measured the figure; no number if it was not measured
	 */
	public void atMost(String what, double target, double measured) {
		add(what, "≤ " + Figures.of(target), measured, measured <= target);
	}

	private void add(String what, String target, double measured, boolean met) {
		this.table.row(List.of(what, target, Figures.of(measured), verdict(measured, met)));
	}

	private static String verdict(double measured, boolean met) {
		if (Double.isNaN(measured)) {
			return "not measured";
		}
		return met ? "yes" : "**no**";
	}

	@Override
	public String toString() {
		return this.table.toString();
	}

}
