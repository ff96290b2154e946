/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.report;

import java.util.function.ToDoubleFunction;

/**
 * One column of a comparison.
 *
 * @param name what it is
 * @param unit its unit
 * @param better whether more of it is better, or less, or neither
 * @param figure where it comes from
 * @param <T> type of the results
 */
public record Metric<T>(String name, String unit, Better better, ToDoubleFunction<T> figure) {

	String heading() {
		return this.unit.isEmpty() ? this.name : this.name + ", " + this.unit;
	}

	boolean isBetter(double one, double other) {
		return switch (this.better) {
			case MORE -> one > other;
			case LESS -> one < other;
			case NEITHER -> false;
		};
	}

	/**
	 * What is better.
	 */
	public enum Better {

		/**
		 * The greater figure.
		 */
		MORE,

		/**
		 * The smaller figure.
		 */
		LESS,

		/**
		 * Neither: it only explains.
		 */
		NEITHER

	}

}
