/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reactive;

import io.github.redislocked.testing.Driver;

/**
 * Cancelled subscriptions to locked methods, on Lettuce.
 */
class LettuceCancelledPublisherIntegrationTests extends AbstractCancelledPublisherTests {

	LettuceCancelledPublisherIntegrationTests() {
		super(Driver.LETTUCE);
	}

}
