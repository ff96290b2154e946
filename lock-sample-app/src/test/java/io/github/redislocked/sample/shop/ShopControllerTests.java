/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.shop;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import io.github.redislocked.LockLostException;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockStoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.BDDMockito;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

class ShopControllerTests {

	private final Shop shop = BDDMockito.mock(Shop.class);

	private final MockMvcTester http = MockMvcTester.of(List.of(new ShopController(this.shop)),
			(builder) -> builder.setControllerAdvice(new ShopErrors()).build());

	@Test
	void whenBoughtThenCreated() {
		UUID id = UUID.randomUUID();
		given(this.shop.purchase("lamp")).willReturn(new Purchase(id, "lamp", "payment-1", 41));
		assertThat(this.http.post().uri("/products/lamp/purchases")).hasStatus(HttpStatus.CREATED)
			.bodyJson()
			.isStrictlyEqualTo("""
					{"id": "%s", "sku": "lamp", "payment": "payment-1", "left": 41}""".formatted(id));
	}

	@Test
	void whenSoldOutThenConflict() {
		given(this.shop.purchaseUnlocked("lamp")).willThrow(new SoldOutException("lamp"));
		assertThat(this.http.post().uri("/products/lamp/unlocked-purchases")).hasStatus(HttpStatus.CONFLICT)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.bodyJson()
			.extractingPath("$.detail")
			.isEqualTo("Product 'lamp' is sold out");
	}

	@Test
	void whenUnknownThenNotFound() {
		given(this.shop.purchase("sofa")).willThrow(new UnknownProductException("sofa"));
		assertThat(this.http.post().uri("/products/sofa/purchases")).hasStatus(HttpStatus.NOT_FOUND)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	@Test
	void whenLockIsNotHadInTimeThenUnavailableForNow() {
		given(this.shop.purchase("lamp"))
			.willThrow(new LockNotAcquiredException("lamp", Duration.ofSeconds(3), "host:1:secret:7", "timeout", null));
		assertThat(this.http.post().uri("/products/lamp/purchases")).hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
			.hasHeader(HttpHeaders.RETRY_AFTER, "1")
			.bodyText()
			.contains("Product 'lamp' is in such demand that it was not your turn within 3000 ms")
			.doesNotContain("secret");
	}

	@Test
	void whenTheDatabaseRefusesAStaleWriteThenUnavailableForNow() {
		given(this.shop.purchase("lamp")).willThrow(new StaleWriteException("lamp", 17));
		assertThat(this.http.post().uri("/products/lamp/purchases")).hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.hasHeader(HttpHeaders.RETRY_AFTER, "1")
			.bodyText()
			.contains("has been written since it was read", "nothing was changed; try again");
	}

	@Test
	void whenTheLockWasLostThenTellsToLook() {
		given(this.shop.purchase("lamp")).willThrow(new LockLostException("lamp", Duration.ofMillis(5), "it ran out"));
		assertThat(this.http.post().uri("/products/lamp/purchases")).hasStatus(HttpStatus.INTERNAL_SERVER_ERROR)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.doesNotContainHeader(HttpHeaders.RETRY_AFTER)
			.bodyText()
			.contains("It took too long to sell product 'lamp'");
	}

	@Test
	void whenRedisFailsThenUnavailableForNow() {
		given(this.shop.purchase("lamp"))
			.willThrow(new LockStoreException("lamp", "Redis at 10.0.0.7 is down", true, null));
		assertThat(this.http.post().uri("/products/lamp/purchases")).hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
			.hasHeader(HttpHeaders.RETRY_AFTER, "1")
			.bodyText()
			.doesNotContain("10.0.0.7");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1", "0", "1000001", "2147483648", "many" })
	void whenNobodyCouldDeliverSoManyThenBadRequest(String items) {
		assertThat(this.http.post().uri("/products/lamp/deliveries").param("items", items))
			.hasStatus(HttpStatus.BAD_REQUEST);
		BDDMockito.then(this.shop).shouldHaveNoInteractions();
	}

}
