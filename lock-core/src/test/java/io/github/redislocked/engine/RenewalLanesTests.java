/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.util.List;

import io.github.redislocked.store.RenewRequest;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which renewals go out together, and which wait for which.
 */
class RenewalLanesTests {

	private final EngineThreads threads = new EngineThreads();

	private final LaneStore store = new LaneStore();

	private final RecordedRenewal.Records records = new RecordedRenewal.Records();

	private final RenewalLanes lanes = new RenewalLanes(this.store, this.threads, System::nanoTime);

	@AfterEach
	void stop() {
		this.store.stall.countDown();
		this.threads.close();
	}

	@Test
	void whenManyAreDueThenThoseThatWaitedGoOutTogether() {
		this.store.stalled = "a:1";
		submit("a:1");
		Awaitility.await().until(() -> this.store.batches.size() == 1);
		for (int i = 2; i <= 7; i++) {
			submit("a:" + i);
		}
		this.store.stall.countDown();
		Awaitility.await().until(() -> this.records.renewed.size() == 7);
		assertThat(this.store.batches).contains(List.of("a:1"), List.of("a:2", "a:3", "a:4", "a:5"),
				List.of("a:6", "a:7"));
	}

	@Test
	void whenAServerDoesNotAnswerThenOthersAreNotDelayed() {
		this.store.stalled = "a:";
		for (int i = 0; i < 100; i++) {
			submit("a:" + i);
			submit("b:" + i);
		}
		Awaitility.await().until(() -> this.records.renewed.size() == 100);
		assertThat(this.records.renewed).allMatch((key) -> key.startsWith("b:"));
		this.store.stall.countDown();
		Awaitility.await().until(() -> this.records.renewed.size() == 200);
	}

	@Test
	void whenOneBatchStallsThenTheNextOvertakesIt() {
		this.store.stalled = "a:1";
		submit("a:1");
		Awaitility.await().until(() -> this.store.batches.size() == 1);
		submit("a:2");
		Awaitility.await().until(() -> this.records.renewed.contains("a:2"));
		assertThat(this.records.renewed).doesNotContain("a:1");
	}

	@Test
	void whenTheStoreThrowsThenEachIsToldAndTheLaneGoesOn() {
		this.store.broken = true;
		submit("a:1");
		submit("a:2");
		Awaitility.await().until(() -> this.records.failed.size() == 2);
		this.store.broken = false;
		submit("a:3");
		Awaitility.await().until(() -> this.records.renewed.contains("a:3"));
	}

	@Test
	void whenNothingIsToBeRenewedAnyLongerThenNothingIsSent() {
		this.lanes.submit(new RecordedRenewal(this.records, "a:1") {
			@Override
			public @Nullable RenewRequest request(long sentAt) {
				return null;
			}
		});
		submit("a:2");
		Awaitility.await().until(() -> this.records.renewed.contains("a:2"));
		assertThat(this.store.batches).containsExactly(List.of("a:2"));
	}

	private void submit(String key) {
		this.lanes.submit(new RecordedRenewal(this.records, key));
	}

}
