/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link LockSpec}.
 */
class LockSpecTests {

	private final LockSpec spec = LockSpec.of("k");

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT-1S", "PT0.000999999S", "P366D", "PT2562047788015215H" })
	void whenExpireIsUnusableThenRefused(Duration expire) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.spec.expire(expire))
			.withMessageContaining("expire is " + expire);
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT-0.000000001S", "PT-1S", "P366D", "PT2562047788015215H" })
	void whenTimeoutIsUnusableThenRefused(Duration timeout) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.spec.timeout(timeout))
			.withMessageContaining("timeout is " + timeout);
	}

	@Test
	void whenAtTheLimitsThenTaken() {
		assertThat(this.spec.expire(Duration.ofMillis(1)).expire()).contains(Duration.ofMillis(1));
		assertThat(this.spec.expire(LockSpec.MAX_DURATION).expire()).contains(LockSpec.MAX_DURATION);
		assertThat(this.spec.timeout(Duration.ZERO).timeout()).contains(Duration.ZERO);
		assertThat(this.spec.timeout(LockSpec.MAX_DURATION).timeout()).contains(LockSpec.MAX_DURATION);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\n", "\uD83D" })
	void whenKeyIsUnusableThenRefused(String key) {
		assertThatIllegalArgumentException().isThrownBy(() -> LockSpec.of(key));
	}

	@Test
	void whenKeyIsTooLongInBytesThenRefused() {
		assertThat(LockSpec.of("\u00e9".repeat(256)).key()).hasSize(256);
		assertThatIllegalArgumentException().isThrownBy(() -> LockSpec.of("\u00e9".repeat(257)))
			.withMessageContaining("512");
	}

}
