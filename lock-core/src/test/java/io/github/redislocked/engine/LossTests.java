/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What operators are advised to do when a lock was lost.
 */
class LossTests {

	@ParameterizedTest
	@CsvSource({ Loss.RAN_OUT + ", renew = ALWAYS", Loss.AT_RENEWAL + ", evicted",
			Loss.AT_RELEASE + ", deleted by hand", Loss.AT_CLOSE + ", redis-lock.shutdown-grace" })
	void whenTheReasonIsKnownThenTheRemedyFits(String reason, String remedy) {
		assertThat(new Loss(0, reason).remedy()).contains(remedy).doesNotEndWith(".");
	}

	@Test
	void whenTheReasonIsAnotherThenThereIsARemedyStill() {
		assertThat(new Loss(0, "it was never used").remedy()).isNotBlank();
	}

}
