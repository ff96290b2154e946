/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.shop;

import java.util.List;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The database, in SQL that H2 and PostgreSQL understand. Nothing here takes a row lock
 * or counts inside an update: that would do the lock's work.
 */
@Repository
class ProductRepository {

	private static final String SELECT = """
			select product.sku, product.name, product.delivered, product.stock,
				(select count(*) from purchase where purchase.sku = product.sku) as sold
			from product
			""";

	private final JdbcClient jdbc;

	ProductRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	List<Product> findAll() {
		return this.jdbc.sql(SELECT + "order by product.sku").query(Product.class).list();
	}

	Optional<Product> find(String sku) {
		return this.jdbc.sql(SELECT + "where product.sku = ?").param(sku).query(Product.class).optional();
	}

	void update(String sku, int delivered, int stock) {
		this.jdbc.sql("update product set delivered = ?, stock = ? where sku = ?")
			.param(delivered)
			.param(stock)
			.param(sku)
			.update();
	}

	void add(Purchase purchase) {
		this.jdbc.sql("insert into purchase (id, sku, payment) values (?, ?, ?)")
			.param(purchase.id())
			.param(purchase.sku())
			.param(purchase.payment())
			.update();
	}

}
