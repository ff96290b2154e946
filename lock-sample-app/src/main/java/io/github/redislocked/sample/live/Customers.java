/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

import io.github.redislocked.LockLostException;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.sample.live.Happening.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Sends this instance's share of the customers that a show calls for, each on a thread of
 * its own.
 */
class Customers implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Customers.class);

	private final Feed feed;

	private final Stock stock;

	private final LiveShop shop;

	private final Instance instance;

	private final ExecutorService threads = Executors.newCachedThreadPool(new CustomizableThreadFactory("customer-"));

	Customers(Feed feed, Stock stock, LiveShop shop, Instance instance) {
		this.feed = feed;
		this.stock = stock;
		this.shop = shop;
		this.instance = instance;
	}

	/**
	 * Sends a share whenever customers are called.
	 */
	void read(List<Entry> entries) {
		for (Entry entry : entries) {
			Happening happening = entry.happening();
			if (happening.call() != null) {
				send(happening.show(), happening.call());
			}
		}
	}

	/**
	 * Sends the next share of the customers.
	 * @param show in which show
	 * @param call who is called
	 * @return whether some may be left for others
	 */
	boolean send(Show show, Call call) {
		long claim = this.stock.claim();
		for (int number = call.first(claim); number <= call.last(claim); number++) {
			String name = call.name() + " " + number;
			Caller caller = new Caller(this.feed, show, this.instance.name(), call.crowd() ? call.name() + "s" : name,
					name);
			long payment = call.crowd() ? ThreadLocalRandom.current().nextLong(call.payment() / 2, call.payment() * 2)
					: call.payment();
			this.threads.execute(() -> visit(caller, Duration.ofMillis(payment)));
		}
		return call.last(claim) < call.customers();
	}

	/**
	 * Lets one customer try to buy, and tells how it ends.
	 */
	void visit(Caller caller, Duration payment) {
		try {
			if (caller.show().locked()) {
				caller.tell(Kind.WAIT);
				this.shop.purchase(caller, payment);
			}
			else {
				this.shop.purchaseUnlocked(caller, payment);
			}
		}
		catch (LockNotAcquiredException ex) {
			this.stock.sendAway();
			caller.tell(Kind.TIMED_OUT);
		}
		catch (LockLostException ex) {
			caller.tell(Kind.LOST);
		}
		catch (RuntimeException ex) {
			logger.warn("A customer's visit failed", ex);
			caller.tell(Kind.FAILED);
		}
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

}
