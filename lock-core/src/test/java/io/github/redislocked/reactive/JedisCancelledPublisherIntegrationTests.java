/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reactive;

import io.github.redislocked.testing.Driver;

/**
 * Cancelled subscriptions to locked methods, on Jedis.
 */
class JedisCancelledPublisherIntegrationTests extends AbstractCancelledPublisherTests {

	JedisCancelledPublisherIntegrationTests() {
		super(Driver.JEDIS);
	}

}
