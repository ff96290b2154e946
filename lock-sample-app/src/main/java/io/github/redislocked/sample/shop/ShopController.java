/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.shop;

import java.util.List;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * The shop's counter.
 */
@RestController
@RequestMapping("/products")
class ShopController {

	private final Shop shop;

	ShopController(Shop shop) {
		this.shop = shop;
	}

	@GetMapping
	List<Product> products() {
		return this.shop.products();
	}

	@PostMapping("/{sku}/purchases")
	@ResponseStatus(HttpStatus.CREATED)
	Purchase purchase(@PathVariable String sku) {
		return this.shop.purchase(sku);
	}

	@PostMapping("/{sku}/unlocked-purchases")
	@ResponseStatus(HttpStatus.CREATED)
	Purchase purchaseUnlocked(@PathVariable String sku) {
		return this.shop.purchaseUnlocked(sku);
	}

	@PostMapping("/{sku}/deliveries")
	Product deliver(@PathVariable String sku, @RequestParam int items) {
		if (items < 1 || items > 1_000_000) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "Deliver 1 to 1000000 items");
		}
		return this.shop.deliver(sku, items);
	}

}
