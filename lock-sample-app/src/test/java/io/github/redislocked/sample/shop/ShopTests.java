/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.shop;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ShopTests {

	private final EmbeddedDatabase database = new EmbeddedDatabaseBuilder().generateUniqueName(true)
		.setType(EmbeddedDatabaseType.H2)
		.build();

	private final Shop shop = new Shop(new ProductRepository(JdbcClient.create(this.database)), new PaymentProvider());

	@BeforeEach
	void createTables() {
		new ShopTables(this.database).create();
	}

	@AfterEach
	void shutdown() {
		this.database.shutdown();
	}

	@Test
	void whenPurchasedThenStockAndSoldFollow() {
		assertThat(this.shop.purchase("lamp").left()).isEqualTo(99);
		assertThat(this.shop.purchaseUnlocked("lamp").left()).isEqualTo(98);
		assertThat(this.shop.products()).extracting(Product::sku).containsExactly("lamp", "mug", "print");
		assertThat(this.shop.products()).contains(new Product("lamp", "Desk lamp", 100, 2, 98));
	}

	@Test
	void whenNothingIsLeftThenSoldOut() {
		this.shop.purchase("print");
		assertThatExceptionOfType(SoldOutException.class).isThrownBy(() -> this.shop.purchase("print"));
		assertThat(this.shop.products()).contains(new Product("print", "Signed print, the last one", 1, 1, 0));
	}

	@Test
	void whenDeliveredThenThereIsMoreToSell() {
		this.shop.purchase("print");
		assertThat(this.shop.deliver("print", 2))
			.isEqualTo(new Product("print", "Signed print, the last one", 3, 1, 2));
		assertThat(this.shop.purchase("print").left()).isOne();
	}

	@Test
	void whenUnknownThenRefused() {
		assertThatExceptionOfType(UnknownProductException.class).isThrownBy(() -> this.shop.purchase("sofa"));
		assertThatExceptionOfType(UnknownProductException.class).isThrownBy(() -> this.shop.deliver("sofa", 1));
	}

	@Test
	void whenTablesAreThereThenTheyAreLeftAlone() {
		this.shop.purchase("mug");
		new ShopTables(this.database).create();
		assertThat(this.shop.products()).hasSize(3).contains(new Product("mug", "Coffee mug", 100, 1, 99));
	}

}
