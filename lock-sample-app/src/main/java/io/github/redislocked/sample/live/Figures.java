/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The figures of a show, as they are in Redis.
 *
 * @param stock how many items are left, as written by the last sale
 * @param sold how many sales there were
 * @param sentAway how many customers went without
 * @param refused how many writes were refused by their fencing tokens
 */
record Figures(int stock, int sold, int sentAway, int refused) {

	static Figures of(Map<String, String> fields) {
		return new Figures(number(fields, "stock"), number(fields, "sold"), number(fields, "sentAway"),
				number(fields, "refused"));
	}

	/**
	 * Returns how many were sold that never were there.
	 */
	@JsonProperty
	int oversold() {
		return Math.max(0, this.sold - Stock.ITEMS);
	}

	private static int number(Map<String, String> fields, String name) {
		return Integer.parseInt(fields.getOrDefault(name, "0"));
	}

}
