/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.shop;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.springframework.stereotype.Component;

/**
 * Stands in for a payment service on the network: it answers after a few milliseconds.
 */
@Component
class PaymentProvider {

	private static final long ANSWERS_AFTER_MILLIS = 4;

	/**
	 * Takes the money for one item.
	 * @return number of the payment
	 */
	String charge() {
		return CompletableFuture
			.supplyAsync(() -> "payment-" + UUID.randomUUID(),
					CompletableFuture.delayedExecutor(ANSWERS_AFTER_MILLIS, TimeUnit.MILLISECONDS))
			.join();
	}

}
