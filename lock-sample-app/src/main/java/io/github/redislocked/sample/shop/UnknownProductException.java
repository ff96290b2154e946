/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.shop;

import java.io.Serial;

/**
 * The shop has no such product.
 */
class UnknownProductException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	UnknownProductException(String sku) {
		super("There is no product '%s'".formatted(sku));
	}

}
