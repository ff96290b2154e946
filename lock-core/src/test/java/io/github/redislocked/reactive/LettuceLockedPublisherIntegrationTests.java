/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reactive;

import io.github.redislocked.testing.Driver;

/**
 * Locked methods that return a publisher, on Lettuce.
 */
class LettuceLockedPublisherIntegrationTests extends AbstractLockedPublisherTests {

	LettuceLockedPublisherIntegrationTests() {
		super(Driver.LETTUCE);
	}

}
