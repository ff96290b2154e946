/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.Lease;
import io.github.redislocked.annotation.RedisLocked;
import io.github.redislocked.sample.live.Happening.Kind;
import io.github.redislocked.sample.live.Stock.Shelf;

/**
 * Sells the product of the shows: reads the stock, takes the money, writes the stock.
 */
class LiveShop {

	static final String KEY = "live:lamp";

	private final Stock stock;

	private final Entrance entrance;

	LiveShop(Stock stock, Entrance entrance) {
		this.stock = stock;
		this.entrance = entrance;
	}

	// tag::live-purchase[]
	@RedisLocked(key = KEY, expire = "${live.expire:4s}", timeout = "${live.timeout:1m}")
	void purchase(Caller caller, Duration payment) {
		Lease lease = Lease.current(KEY).orElseThrow();
		this.entrance.enter(caller, lease);
		Shelf shelf = this.stock.read();
		if (shelf.stock() <= 0) {
			this.stock.sendAway();
			this.entrance.leave(caller, Kind.SOLD_OUT);
			return;
		}
		pay(payment);
		this.entrance.leave(caller, this.stock.sell(shelf, lease.fencingToken()) ? Kind.SOLD : Kind.REFUSED);
	}
	// end::live-purchase[]

	/**
	 * Does the same without the lock, and so without a fencing token.
	 */
	void purchaseUnlocked(Caller caller, Duration payment) {
		caller.tell(Kind.ENTER);
		Shelf shelf = this.stock.read();
		if (shelf.stock() <= 0) {
			this.stock.sendAway();
			caller.tell(Kind.SOLD_OUT);
			return;
		}
		pay(payment);
		this.stock.sellUnguarded(shelf);
		caller.tell(Kind.SOLD);
	}

	private static void pay(Duration payment) {
		new CompletableFuture<Void>().completeOnTimeout(null, payment.toMillis(), TimeUnit.MILLISECONDS).join();
	}

}
