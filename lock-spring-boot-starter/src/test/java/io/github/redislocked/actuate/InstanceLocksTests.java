/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import io.github.redislocked.inspection.WaiterSnapshot;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link InstanceLocks}.
 */
class InstanceLocksTests {

	@Test
	void whenThereAreVeryManyThenTheFirstAreListedAndAllAreCounted() {
		List<WaiterSnapshot> waiting = IntStream.range(0, InstanceLocks.MOST + 1).mapToObj(this::waiter).toList();
		InstanceLocks locks = InstanceLocks.of(List.of(), waiting, List.of());
		assertThat(locks.waitingCount()).isEqualTo(1001);
		assertThat(locks.waiting()).isEqualTo(waiting.subList(0, 1000));
		assertThat(locks.heldCount()).isZero();
		assertThat(locks.held()).isEmpty();
	}

	private WaiterSnapshot waiter(int number) {
		return new WaiterSnapshot("order:" + number, null, Instant.EPOCH, Duration.ZERO, false);
	}

}
