/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * What callers need, in the application and in the processes that it starts.
 */
@Configuration(proxyBeanMethods = false)
class LiveShopConfiguration {

	@Bean
	Instance liveInstance(Environment environment) {
		return Instance.of(environment);
	}

	@Bean
	Feed liveFeed(StringRedisTemplate redis, JsonMapper json) {
		return new Feed(redis, json);
	}

	@Bean
	Stock liveStock(StringRedisTemplate redis) {
		return new Stock(redis);
	}

	@Bean
	Origins liveOrigins() {
		return new Origins();
	}

	@Bean
	Entrance liveEntrance(Feed feed, Origins origins) {
		return new Entrance(feed, origins);
	}

	@Bean
	LiveShop liveShop(Stock stock, Entrance entrance) {
		return new LiveShop(stock, entrance);
	}

	@Bean
	Customers liveCustomers(Feed feed, Stock stock, LiveShop shop, Instance instance) {
		return new Customers(feed, stock, shop, instance);
	}

}
