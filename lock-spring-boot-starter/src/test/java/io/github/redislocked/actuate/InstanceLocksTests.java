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

import io.github.redislocked.inspection.LeaseSnapshot;
import io.github.redislocked.inspection.WaiterSnapshot;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link InstanceLocks}.
 */
class InstanceLocksTests {

	@Test
	void whenThereAreVeryManyThenTheFirstAreListedAndAllAreCounted() {
		List<LeaseSnapshot> held = IntStream.range(0, 1003).mapToObj(InstanceLocksTests::lease).toList();
		List<WaiterSnapshot> waiting = IntStream.range(0, 1001).mapToObj(InstanceLocksTests::waiter).toList();
		InstanceLocks locks = InstanceLocks.of(held, waiting, List.of());
		assertThat(locks.heldCount()).isEqualTo(1003);
		assertThat(locks.held()).isEqualTo(held.subList(0, 1000));
		assertThat(locks.waitingCount()).isEqualTo(1001);
		assertThat(locks.waiting()).isEqualTo(waiting.subList(0, 1000));
	}

	@Test
	void whenThereAreFewThenAllAreListed() {
		List<LeaseSnapshot> held = List.of(lease(1), lease(2));
		List<WaiterSnapshot> waiting = List.of(waiter(3));
		assertThat(InstanceLocks.of(held, waiting, List.of()))
			.isEqualTo(new InstanceLocks(2, held, 1, waiting, List.of()));
		assertThat(InstanceLocks.of(List.of(), List.of(), List.of()))
			.isEqualTo(new InstanceLocks(0, List.of(), 0, List.of(), List.of()));
	}

	private static LeaseSnapshot lease(int number) {
		return new LeaseSnapshot("order:" + number, null, "shop:0011:" + number, number, Instant.EPOCH, Duration.ZERO,
				0, List.of(), 0);
	}

	private static WaiterSnapshot waiter(int number) {
		return new WaiterSnapshot("order:" + number, null, Instant.EPOCH, Duration.ZERO, false);
	}

}
