/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import java.time.Duration;

/**
 * Twice as many buyers as there are items, all at once, in all instances.
 */
class BuyersAct implements Act {

	private static final int BUYERS = 2 * Stock.ITEMS;

	private static final Duration PAYMENT = Duration.ofMillis(30);

	private final Stock stock;

	BuyersAct(Stock stock) {
		this.stock = stock;
	}

	@Override
	public ShowKind kind() {
		return ShowKind.BUYERS;
	}

	@Override
	public String perform(Performance performance) throws InterruptedException {
		performance.say(performance.show().locked()
				? "200 buyers want 100 lamps. Each reads the stock, pays, and writes what is left, and the lock lets in one after the other."
				: "200 buyers want 100 lamps, and nothing locks: all read the same stock, pay, and write over what the others wrote.");
		performance.call(BUYERS, "buyer", true, PAYMENT);
		performance.awaitGone(BUYERS, "buyer");
		return sentence(performance.show().locked(), this.stock.figures(), performance.mostInside());
	}

	static String sentence(boolean locked, Figures figures, int mostInside) {
		if (!locked && figures.oversold() > 0) {
			return "Without the lock %d lamps were sold of 100, and the shop believes that %d are left."
				.formatted(figures.sold(), figures.stock());
		}
		String refused = (figures.refused() > 0) ? " Stale writes refused: %d.".formatted(figures.refused()) : "";
		String inside = (mostInside > 1) ? " Up to %d were inside at once.".formatted(mostInside)
				: " Nobody was inside together with anybody else.";
		return "%d lamps were sold, %d are left, and %d buyers went without.".formatted(figures.sold(), figures.stock(),
				figures.sentAway()) + refused + inside;
	}

}
