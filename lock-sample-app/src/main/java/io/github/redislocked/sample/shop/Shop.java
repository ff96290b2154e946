/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.shop;

import java.util.List;
import java.util.UUID;

import io.github.redislocked.Lease;
import io.github.redislocked.annotation.RedisLocked;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Sells. A sale reads the stock, checks it, takes the money and writes the stock back: it
 * is right only if nobody else sells the same product meanwhile, in any instance. The
 * lock sees to that, and keeps the next sale out until the transaction of this one has
 * been committed. Should a sale outlast its lock, the fencing token lets the database
 * refuse what comes too late.
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

	// tag::sample-purchase[]
	@RedisLocked(key = "#sku", expire = "${shop.expire:10s}", timeout = "3s")
	@Transactional
	public Purchase purchase(String sku) {
		Product product = findInStock(sku);
		String payment = this.payments.charge();
		int left = product.stock() - 1;
		this.products.update(product, product.delivered(), left, fencingToken(sku));
		return book(sku, payment, left);
	}
	// end::sample-purchase[]

	/**
	 * Sells in the same way, only without the lock, and so without a fencing token: to
	 * see what then goes wrong.
	 */
	@Transactional
	public Purchase purchaseUnlocked(String sku) {
		Product product = findInStock(sku);
		String payment = this.payments.charge();
		int left = product.stock() - 1;
		this.products.updateUnguarded(sku, left);
		return book(sku, payment, left);
	}

	/**
	 * Puts more items on the shelf, under the same key as a sale: both write the stock.
	 */
	@RedisLocked(key = "#sku", expire = "${shop.expire:10s}", timeout = "3s")
	@Transactional
	public Product deliver(String sku, int items) {
		Product product = find(sku);
		this.products.update(product, Math.addExact(product.delivered(), items), Math.addExact(product.stock(), items),
				fencingToken(sku));
		return find(sku);
	}

	private static long fencingToken(String sku) {
		return Lease.current(sku)
			.orElseThrow(() -> new IllegalStateException("Product '%s' is not locked".formatted(sku)))
			.fencingToken();
	}

	private Purchase book(String sku, String payment, int left) {
		Purchase purchase = new Purchase(UUID.randomUUID(), sku, payment, left);
		this.products.add(purchase);
		return purchase;
	}

	private Product findInStock(String sku) {
		Product product = find(sku);
		if (product.stock() <= 0) {
			throw new SoldOutException(sku);
		}
		return product;
	}

	private Product find(String sku) {
		return this.products.find(sku).orElseThrow(() -> new UnknownProductException(sku));
	}

}
