/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.shop;

import java.util.List;
import java.util.UUID;

import io.github.redislocked.annotation.RedisLocked;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Sells. A sale reads the stock, checks it, takes the money and writes the stock back: it
 * is right only if nobody else sells the same product meanwhile, in any instance. The
 * lock sees to that, and keeps the next sale out until the transaction of this one has
 * been committed.
 */
@Service
public class Shop {

	private final ProductRepository products;

	private final PaymentProvider payments;

	Shop(ProductRepository products, PaymentProvider payments) {
		this.products = products;
		this.payments = payments;
	}

	public List<Product> products() {
		return this.products.findAll();
	}

	@RedisLocked(key = "#sku", expire = "10s", timeout = "3s")
	@Transactional
	public Purchase purchase(String sku) {
		return sell(sku);
	}

	/**
	 * Sells in the same way, only without the lock: to see what then goes wrong.
	 */
	@Transactional
	public Purchase purchaseUnlocked(String sku) {
		return sell(sku);
	}

	/**
	 * Puts more items on the shelf, under the same key as a sale: both write the stock.
	 */
	@RedisLocked(key = "#sku", expire = "10s", timeout = "3s")
	@Transactional
	public Product deliver(String sku, int items) {
		Product product = find(sku);
		this.products.update(sku, Math.addExact(product.delivered(), items), Math.addExact(product.stock(), items));
		return find(sku);
	}

	private Purchase sell(String sku) {
		Product product = find(sku);
		if (product.stock() <= 0) {
			throw new SoldOutException(sku);
		}
		String payment = this.payments.charge();
		int left = product.stock() - 1;
		this.products.update(sku, product.delivered(), left);
		Purchase purchase = new Purchase(UUID.randomUUID(), sku, payment, left);
		this.products.add(purchase);
		return purchase;
	}

	private Product find(String sku) {
		return this.products.find(sku).orElseThrow(() -> new UnknownProductException(sku));
	}

}
