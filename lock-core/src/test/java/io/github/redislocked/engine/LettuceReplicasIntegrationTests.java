/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import io.github.redislocked.testing.Driver;

/**
 * Locks that replicas confirm, on Lettuce.
 */
class LettuceReplicasIntegrationTests extends AbstractReplicasTests {

	LettuceReplicasIntegrationTests() {
		super(Driver.LETTUCE);
	}

}
