/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.shop;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Stands in for a payment service on the network: it answers after a few milliseconds, or
 * as many as {@code shop.payment-takes} says.
 */
@Component
class PaymentProvider {

	private static final Logger logger = LoggerFactory.getLogger(PaymentProvider.class);

	private final Duration takes;

	PaymentProvider(@Value("${shop.payment-takes:4ms}") Duration takes) {
		this.takes = takes;
	}

	/**
	 * Takes the money for one item.
	 * @return number of the payment
	 */
	String charge() {
		logger.debug("Taking the money");
		return CompletableFuture
			.supplyAsync(() -> "payment-" + UUID.randomUUID(),
					CompletableFuture.delayedExecutor(this.takes.toMillis(), TimeUnit.MILLISECONDS))
			.join();
	}

}
