/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GrowthPartTests {

	@Test
	void whenCostStaysFlatThenNothingBends() {
		assertThat(GrowthPart.bend("keys", costs(100, 120)))
			.endsWith("at least 100 bytes per acquisition, and nowhere a quarter more.");
	}

	@Test
	void whenCostGrowsThenItIsSaidWhere() {
		assertThat(GrowthPart.bend("keys", costs(100, 130))).endsWith("at this number of keys: 1,000 (130).");
	}

	private static Map<Integer, Double> costs(double few, double many) {
		Map<Integer, Double> costs = new LinkedHashMap<>();
		costs.put(1, few);
		costs.put(1_000, many);
		return costs;
	}

}
