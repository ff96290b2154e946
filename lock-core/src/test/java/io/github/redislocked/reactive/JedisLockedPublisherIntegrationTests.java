/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reactive;

import io.github.redislocked.testing.Driver;

/**
 * Locked methods that return a publisher, on Jedis.
 */
class JedisLockedPublisherIntegrationTests extends AbstractLockedPublisherTests {

	JedisLockedPublisherIntegrationTests() {
		super(Driver.JEDIS);
	}

}
