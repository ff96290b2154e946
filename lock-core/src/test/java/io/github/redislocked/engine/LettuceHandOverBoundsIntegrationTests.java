/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import io.github.redislocked.testing.Driver;

/**
 * How far a lock passes inside one process, on Lettuce.
 */
class LettuceHandOverBoundsIntegrationTests extends AbstractHandOverBoundsTests {

	LettuceHandOverBoundsIntegrationTests() {
		super(Driver.LETTUCE);
	}

}
