/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.shop;

import java.io.Serial;

/**
 * The database has refused a write that came too late: its lease was over, and somebody
 * else has written meanwhile.
 */
class StaleWriteException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	StaleWriteException(String sku, long fencingToken) {
		super("Product '%s' has been written since it was read under fencing token %d: nothing was changed"
			.formatted(sku, fencingToken));
	}

}
