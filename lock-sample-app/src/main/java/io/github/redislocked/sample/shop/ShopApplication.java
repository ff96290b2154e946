/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.shop;

import io.github.redislocked.sample.live.LiveConfiguration;
import io.github.redislocked.sample.redis.EmbeddedRedisConfiguration;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * The shop, and the live page.
 */
@SpringBootApplication(proxyBeanMethods = false)
@Import({ EmbeddedRedisConfiguration.class, LiveConfiguration.class })
public class ShopApplication {

	/**
	 * The tables must be there before the first request is: the web server starts after
	 * all singletons.
	 */
	@Bean
	SmartInitializingSingleton tablesBeforeRequests(ShopTables tables) {
		return tables::create;
	}

}
