/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import io.github.redislocked.testing.Driver;

/**
 * Locked methods that return a stage, on Lettuce.
 */
class LettuceLockedStageIntegrationTests extends AbstractLockedStageTests {

	LettuceLockedStageIntegrationTests() {
		super(Driver.LETTUCE);
	}

}
