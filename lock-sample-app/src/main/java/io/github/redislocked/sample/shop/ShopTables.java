/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.shop;

import javax.sql.DataSource;

import io.github.redislocked.annotation.RedisLocked;

import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.stereotype.Component;

/**
 * The shop's tables and what is on the shelves when it opens.
 */
@Component
public class ShopTables {

	private final DataSource dataSource;

	ShopTables(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	/**
	 * Creates and fills what is not there. Two instances may start on one empty database
	 * at once, and "if not exists" alone does not make that safe.
	 */
	@RedisLocked(key = "shop-tables", expire = "30s", timeout = "30s")
	public void create() {
		new ResourceDatabasePopulator(new ClassPathResource("shop.sql")).execute(this.dataSource);
	}

}
