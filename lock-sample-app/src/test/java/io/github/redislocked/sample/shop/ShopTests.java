/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.shop;

import java.time.Duration;
import java.util.function.Supplier;

import io.github.redislocked.Lease;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.BDDMockito;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.BDDMockito.given;

class ShopTests {

	private final EmbeddedDatabase database = new EmbeddedDatabaseBuilder().generateUniqueName(true)
		.setType(EmbeddedDatabaseType.H2)
		.build();

	private final ProductRepository products = new ProductRepository(JdbcClient.create(this.database));

	private final Shop shop = new Shop(this.products, new PaymentProvider(Duration.ZERO));

	private long fencingToken = 1_000;

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
		assertThat(purchase("lamp").left()).isEqualTo(99);
		assertThat(this.shop.purchaseUnlocked("lamp").left()).isEqualTo(98);
		assertThat(this.shop.products()).extracting(Product::sku).containsExactly("lamp", "mug", "print");
		assertThat(this.shop.products()).contains(new Product("lamp", "Desk lamp", 100, 2, 98, 1_001));
	}

	@Test
	void whenNothingIsLeftThenSoldOut() {
		purchase("print");
		assertThatExceptionOfType(SoldOutException.class).isThrownBy(() -> purchase("print"));
		assertThat(this.shop.products()).contains(new Product("print", "Signed print, the last one", 1, 1, 0, 1_001));
	}

	@Test
	void whenDeliveredThenThereIsMoreToSell() {
		purchase("print");
		assertThat(locked("print", () -> this.shop.deliver("print", 2)))
			.isEqualTo(new Product("print", "Signed print, the last one", 3, 1, 2, 1_002));
		assertThat(purchase("print").left()).isOne();
	}

	@Test
	void whenUnknownThenRefused() {
		assertThatExceptionOfType(UnknownProductException.class).isThrownBy(() -> purchase("sofa"));
		assertThatExceptionOfType(UnknownProductException.class)
			.isThrownBy(() -> locked("sofa", () -> this.shop.deliver("sofa", 1)));
	}

	@Test
	void whenTablesAreThereThenTheyAreLeftAlone() {
		purchase("mug");
		new ShopTables(this.database).create();
		assertThat(this.shop.products()).hasSize(3).contains(new Product("mug", "Coffee mug", 100, 1, 99, 1_001));
	}

	@Test
	void whenALaterHolderHasWrittenThenAStaleReadIsRefused() {
		Product read = product("lamp");
		locked("lamp", 2_000, () -> this.shop.purchase("lamp"));
		assertThatExceptionOfType(StaleWriteException.class)
			.isThrownBy(() -> this.products.update(read, 100, 99, 1_999))
			.withMessageContaining("lamp")
			.withMessageContaining("1999");
		assertThat(product("lamp").stock()).isEqualTo(99);
	}

	@Test
	void whenALaterHolderHasWrittenThenEvenAFreshReadIsRefused() {
		locked("lamp", 2_000, () -> this.shop.purchase("lamp"));
		assertThatExceptionOfType(StaleWriteException.class)
			.isThrownBy(() -> locked("lamp", 1_999, () -> this.shop.purchase("lamp")));
		assertThat(product("lamp").stock()).isEqualTo(99);
	}

	// The write of one who has lost the lock may come before the first one of the next.
	@Test
	void whenAnEarlierHolderHasWrittenSinceTheReadThenRefused() {
		Product read = product("lamp");
		locked("lamp", 1_999, () -> this.shop.purchase("lamp"));
		assertThatExceptionOfType(StaleWriteException.class)
			.isThrownBy(() -> this.products.update(read, 100, 99, 2_000));
		assertThat(product("lamp")).isEqualTo(new Product("lamp", "Desk lamp", 100, 1, 99, 1_999));
	}

	@Test
	void whenOneHolderWritesSeveralTimesThenAllIsWritten() {
		assertThat(locked("lamp", 2_000, () -> {
			this.shop.deliver("lamp", 5);
			this.shop.purchase("lamp");
			return this.shop.purchase("lamp").left();
		})).isEqualTo(103);
	}

	@Test
	void whenNotLockedThenNothingIsSold() {
		assertThatIllegalStateException().isThrownBy(() -> this.shop.purchase("lamp"))
			.withMessageContaining("not locked");
		assertThat(product("lamp").stock()).isEqualTo(100);
	}

	private Product product(String sku) {
		return this.products.find(sku).orElseThrow();
	}

	private Purchase purchase(String sku) {
		return locked(sku, () -> this.shop.purchase(sku));
	}

	private <T> T locked(String sku, Supplier<T> action) {
		return locked(sku, ++this.fencingToken, action);
	}

	// What the proxy does around the shop.
	private static <T> T locked(String sku, long fencingToken, Supplier<T> action) {
		Lease lease = BDDMockito.mock(Lease.class, BDDMockito.CALLS_REAL_METHODS);
		given(lease.key()).willReturn(sku);
		given(lease.fencingToken()).willReturn(fencingToken);
		return lease.call(action::get);
	}

}
