/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import io.github.redislocked.testing.Driver;

/**
 * Replicas that do not answer, on Jedis.
 */
class JedisSilentReplicasIntegrationTests extends AbstractSilentReplicasTests {

	JedisSilentReplicasIntegrationTests() {
		super(Driver.JEDIS);
	}

}
