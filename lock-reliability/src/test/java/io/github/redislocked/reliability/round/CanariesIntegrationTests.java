/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.round;

import java.nio.file.Path;
import java.util.Optional;

import io.github.redislocked.reliability.history.Violation;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The checkers find each planted bug.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "freezes a process by a signal")
class CanariesIntegrationTests {

	@ParameterizedTest
	@EnumSource
	void whenABugIsPlantedThenItIsFound(Canary canary, @TempDir Path directory) throws Exception {
		Optional<Violation> found = canary.find(directory);
		assertThat(found).as("the violation that %s should be found by", canary).isPresent();
		System.out.printf("[canary] %s: %s%n", canary, found.get());
	}

}
