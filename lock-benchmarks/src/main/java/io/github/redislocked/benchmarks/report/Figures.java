/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/**
 * Writes figures for people: three digits, since no run on a shared machine is good for
 * more.
 */
public final class Figures {

	private static final MathContext THREE_DIGITS = new MathContext(3);

	private static final int MOST_DECIMALS = 3;

	private Figures() {
	}

	/**
	 * Writes a figure.
	 * @param figure the figure
	 * @return three significant digits with separators, or a dash if it is no number
	 */
	public static String of(double figure) {
		if (Double.isNaN(figure)) {
			return "–";
		}
		if (Double.isInfinite(figure)) {
			return "∞";
		}
		BigDecimal rounded = BigDecimal.valueOf(figure).round(THREE_DIGITS).stripTrailingZeros();
		return String.format(Locale.ROOT, "%,." + Math.min(Math.max(rounded.scale(), 0), MOST_DECIMALS) + "f", rounded);
	}

}
