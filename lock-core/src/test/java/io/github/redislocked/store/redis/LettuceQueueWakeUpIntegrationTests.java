/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import io.github.redislocked.testing.Driver;

/**
 * {@link AbstractQueueWakeUpTests} on Lettuce.
 */
class LettuceQueueWakeUpIntegrationTests extends AbstractQueueWakeUpTests {

	LettuceQueueWakeUpIntegrationTests() {
		super(Driver.LETTUCE);
	}

}
