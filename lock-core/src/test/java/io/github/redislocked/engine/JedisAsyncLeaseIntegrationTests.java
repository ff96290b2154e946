/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import io.github.redislocked.testing.Driver;

/**
 * Leases of callers that do not block, on Jedis.
 */
class JedisAsyncLeaseIntegrationTests extends AbstractAsyncLeaseTests {

	JedisAsyncLeaseIntegrationTests() {
		super(Driver.JEDIS);
	}

}
