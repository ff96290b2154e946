/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;

import io.github.redislocked.testing.Driver;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lets clients of the older algorithm and of {@link GetSetLockStore} increment an
 * unguarded counter under one key.
 */
class GetSetStressIntegrationTests {

	@ParameterizedTest
	@EnumSource(Driver.class)
	@Timeout(60)
	void whenFourOlderClientsAndFourOfOursCountUnderOneKeyThenNoIncrementIsLost(Driver driver) throws Exception {
		try (GetSetFixture lock = new GetSetFixture(driver)) {
			MixedFleet fleet = new MixedFleet(lock, Duration.ofSeconds(30)).older(4, 0, 40).ours(4, 40);
			fleet.run();
			assertThat(fleet.counter()).isEqualTo(320);
			assertThat(fleet.grants).hasValue(320);
			assertThat(fleet.oursBesideOurs).hasValue(0);
			assertThat(fleet.oursBesideOlder).hasValue(0);
			assertThat(fleet.olderBesideOlder).hasValue(0);
			assertThat(fleet.told).hasValue(0);
			assertThat(lock.value()).isNull();
		}
	}

}
