/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import io.github.redislocked.testing.Driver;

/**
 * Locked methods that return a stage, on Jedis.
 */
class JedisLockedStageIntegrationTests extends AbstractLockedStageTests {

	JedisLockedStageIntegrationTests() {
		super(Driver.JEDIS);
	}

}
