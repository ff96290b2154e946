/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.HashOperations;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * The product of the shows, in Redis, so that all instances sell the same. As in the
 * shop, a sale reads the stock and writes back what is left, which is right only if
 * nobody else does so meanwhile; and a write under a lock that is over is refused by its
 * fencing token.
 */
class Stock {

	static final int ITEMS = 100;

	private static final RedisScript<Boolean> SELL = RedisScript.of(new ClassPathResource("live/sell.lua"),
			Boolean.class);

	private final StringRedisTemplate redis;

	Stock(StringRedisTemplate redis) {
		this.redis = redis;
	}

	/**
	 * Looks at the shelf.
	 */
	Shelf read() {
		List<String> values = hash().multiGet(LiveKeys.SHELF, List.of("stock", "fence"));
		return new Shelf(Integer.parseInt(Objects.requireNonNullElse(values.get(0), "0")),
				Objects.requireNonNullElse(values.get(1), "0"));
	}

	/**
	 * Writes a sale, unless somebody else has written since the shelf was read, or under
	 * a later lease.
	 * @param read the shelf as it was read
	 * @param fencingToken the fencing token of the lease under which it was
	 * @return whether the sale was written
	 */
	boolean sell(Shelf read, long fencingToken) {
		return this.redis.execute(SELL, List.of(LiveKeys.SHELF), Integer.toString(read.stock() - 1), read.fence(),
				Long.toString(fencingToken));
	}

	/**
	 * Writes a sale without any guard.
	 */
	void sellUnguarded(Shelf read) {
		hash().put(LiveKeys.SHELF, "stock", Integer.toString(read.stock() - 1));
		hash().increment(LiveKeys.SHELF, "sold", 1);
	}

	/**
	 * Counts a customer who went without.
	 */
	void sendAway() {
		hash().increment(LiveKeys.SHELF, "sentAway", 1);
	}

	/**
	 * Takes the next share of the customers who were called.
	 * @return number of the share, from one
	 */
	long claim() {
		return hash().increment(LiveKeys.SHELF, "claims", 1);
	}

	Figures figures() {
		Map<String, String> fields = hash().entries(LiveKeys.SHELF);
		return Figures.of(fields);
	}

	private HashOperations<String, String, String> hash() {
		return this.redis.opsForHash();
	}

	/**
	 * The shelf as somebody saw it.
	 *
	 * @param stock how many items lay there
	 * @param fence the fencing token of whoever wrote it last, zero at first
	 */
	record Shelf(int stock, String fence) {

	}

}
