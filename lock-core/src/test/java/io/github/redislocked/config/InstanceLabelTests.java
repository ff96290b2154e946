/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

import java.time.Duration;

import io.github.redislocked.engine.LocalHandover;
import io.github.redislocked.engine.LockEngineSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InstanceLabelTests {

	@Test
	void whenHostIsPlainThenHostAndPid() {
		assertThat(InstanceLabel.of("web-1.example.org", 42)).isEqualTo("web-1.example.org:42");
	}

	@Test
	void whenHostHasSpacesOrLettersThenReplaced() {
		assertThat(InstanceLabel.of("Jürgens Rechner\n", 42)).isEqualTo("J-rgens-Rechner-:42");
	}

	@Test
	void whenHostIsLongThenShortened() {
		assertThat(InstanceLabel.of("x".repeat(300), Long.MAX_VALUE)).hasSize(100).endsWith(":" + Long.MAX_VALUE);
	}

	@Test
	void whenThisProcessThenUsable() {
		String label = InstanceLabel.ofThisProcess();
		assertThat(label).matches("[!-~]{1,100}").endsWith(":" + ProcessHandle.current().pid());
		assertThat(new LockEngineSettings(label, Duration.ofSeconds(1), Duration.ZERO, Duration.ofSeconds(1),
				Duration.ZERO, LocalHandover.NONE))
			.isNotNull();
	}

}
