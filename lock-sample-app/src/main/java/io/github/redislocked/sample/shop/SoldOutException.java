/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.shop;

import java.io.Serial;

/**
 * Nothing is left of a product.
 */
class SoldOutException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	SoldOutException(String sku) {
		super("Product '%s' is sold out".formatted(sku));
	}

}
