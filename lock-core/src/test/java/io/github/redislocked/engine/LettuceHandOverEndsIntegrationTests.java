/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import io.github.redislocked.testing.Driver;

/**
 * Callers that go while a lock is on its way to them, on Lettuce.
 */
class LettuceHandOverEndsIntegrationTests extends AbstractHandOverEndsTests {

	LettuceHandOverEndsIntegrationTests() {
		super(Driver.LETTUCE);
	}

}
