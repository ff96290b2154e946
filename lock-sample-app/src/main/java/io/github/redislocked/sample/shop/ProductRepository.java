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
 * The database, in SQL that H2 and PostgreSQL understand. Nothing here locks a row while
 * money is taken, or counts inside an update: that would do the lock's work.
 */
@Repository
class ProductRepository {

	private static final String SELECT = """
			select product.sku, product.name, product.delivered, product.stock, product.fence,
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

	/**
	 * Writes a product, unless its row has been written since it was read, or by a later
	 * holder of the lock. The same holder may write several times.
	 * @param read the product as it was read
	 * @param delivered how many ever came in
	 * @param stock how many are left
	 * @param fencingToken the fencing token of the lease under which it was read
	 * @throws StaleWriteException if the write comes too late
	 */
	// tag::sample-update[]
	void update(Product read, int delivered, int stock, long fencingToken) {
		int rows = this.jdbc.sql("""
				update product set delivered = :delivered, stock = :stock, fence = :token
				where sku = :sku and fence = :read and fence <= :token
				""")
			.param("delivered", delivered)
			.param("stock", stock)
			.param("token", fencingToken)
			.param("sku", read.sku())
			.param("read", read.fence())
			.update();
		if (rows == 0) {
			throw new StaleWriteException(read.sku(), fencingToken);
		}
	}
	// end::sample-update[]

	/**
	 * Writes a stock without any guard.
	 */
	void updateUnguarded(String sku, int stock) {
		this.jdbc.sql("update product set stock = ? where sku = ?").param(stock).param(sku).update();
	}

	void add(Purchase purchase) {
		this.jdbc.sql("insert into purchase (id, sku, payment) values (?, ?, ?)")
			.param(purchase.id())
			.param(purchase.sku())
			.param(purchase.payment())
			.update();
	}

}
