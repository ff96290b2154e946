/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import io.github.redislocked.sample.live.Stock.Shelf;
import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

class StockIntegrationTests {

	private final StringRedisTemplate redis = TestRedis.shared().template();

	private final Stock stock = new Stock(this.redis);

	@BeforeEach
	void begin() {
		new Feed(this.redis, JsonMapper.builder().build()).begin();
	}

	@Test
	void whenSoldThenFiguresFollow() {
		assertThat(this.stock.sell(this.stock.read(), 1_795_000_000_000_001L)).isTrue();
		assertThat(this.stock.sell(this.stock.read(), 1_795_000_000_000_001L)).isTrue();
		this.stock.sendAway();
		assertThat(this.stock.figures()).isEqualTo(new Figures(98, 2, 1, 0));
		assertThat(this.stock.read()).isEqualTo(new Shelf(98, "1795000000000001"));
	}

	@Test
	void whenALaterHolderHasWrittenThenEvenAFreshReadIsRefused() {
		this.stock.sell(this.stock.read(), 1_795_000_000_000_002L);
		assertThat(this.stock.sell(this.stock.read(), 1_795_000_000_000_001L)).isFalse();
		assertThat(this.stock.figures()).isEqualTo(new Figures(99, 1, 0, 1));
	}

	// The write of one who has lost the lock may come before the first one of the next.
	@Test
	void whenSomebodyHasWrittenSinceTheReadThenRefused() {
		Shelf read = this.stock.read();
		this.stock.sell(this.stock.read(), 1_795_000_000_000_001L);
		assertThat(this.stock.sell(read, 1_795_000_000_000_002L)).isFalse();
		assertThat(this.stock.figures()).isEqualTo(new Figures(99, 1, 0, 1));
	}

	@Test
	void whenNothingGuardsThenMoreIsSoldThanThereIs() {
		for (int i = 0; i <= Stock.ITEMS; i++) {
			this.stock.sellUnguarded(new Shelf(Stock.ITEMS, "0"));
		}
		assertThat(this.stock.figures().oversold()).isOne();
		assertThat(this.stock.figures().stock()).isEqualTo(Stock.ITEMS - 1);
	}

}
