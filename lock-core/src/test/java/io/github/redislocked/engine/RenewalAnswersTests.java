/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.redislocked.store.RenewAnswer;
import io.github.redislocked.store.RenewRequest;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of renewals of which something is not as foreseen, and of answers that
 * come later.
 */
class RenewalAnswersTests {

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
	void whenOneOfABatchCannotSayWhatToSendThenItIsToldAndTheOthersGoOut() {
		this.lanes.submit(new RecordedRenewal(this.records, "a:1") {
			@Override
			public @Nullable RenewRequest request(long sentAt) {
				throw new IllegalStateException("unforeseen");
			}
		});
		submit("a:2");
		Awaitility.await().until(() -> this.records.renewed.contains("a:2") && this.records.unsent.contains("a:1"));
		assertThat(this.records.renewed).doesNotContain("a:1");
	}

	@Test
	void whenTheStoreKnowsNoLaneThenTheLeaseIsTold() {
		submit("");
		assertThat(this.records.unsent).containsExactly("");
	}

	@Test
	void whenAnswersAreMissingThenEachIsTold() {
		this.store.answers = List.of(CompletableFuture.completedStage(RenewAnswer.RENEWED));
		this.store.stalled = "a:1";
		submit("a:1");
		Awaitility.await().until(() -> this.store.batches.size() == 1);
		submit("a:2");
		submit("a:3");
		this.store.stall.countDown();
		Awaitility.await().until(() -> this.records.renewed.size() == 2 && this.records.failed.size() == 1);
	}

	@Test
	void whenAnAnswerCannotBeNotedThenTheOthersAre() {
		this.lanes.submit(new RecordedRenewal(this.records, "a:1") {
			@Override
			public void done(long sentAt, RenewRequest request, @Nullable RenewAnswer answer,
					@Nullable Throwable failure) {
				throw new IllegalStateException("unforeseen");
			}
		});
		for (int i = 2; i <= 20; i++) {
			submit("a:" + i);
		}
		Awaitility.await().until(() -> this.records.renewed.size() == 19);
	}

	@Test
	void whenALeaseIsDueAgainBeforeItsTurnThenItGoesOutOnce() {
		RecordedRenewal twice = new RecordedRenewal(this.records, "a:2");
		this.store.stalled = "a:1";
		submit("a:1");
		Awaitility.await().until(() -> this.store.batches.size() == 1);
		this.lanes.submit(twice);
		this.lanes.submit(twice);
		submit("a:3");
		this.store.stall.countDown();
		Awaitility.await().until(() -> this.records.renewed.contains("a:3"));
		assertThat(this.store.batches).containsExactly(List.of("a:1"), List.of("a:2", "a:3"));
	}

	@Test
	void whenAnswersComeLaterThenABoundedNumberIsUnderWay() {
		CompletableFuture<RenewAnswer> later = new CompletableFuture<>();
		this.store.answers = List.copyOf(Collections.nCopies(4, later));
		for (int i = 0; i < 100; i++) {
			submit("a:" + i);
		}
		Awaitility.await().until(() -> this.store.asked() == 16);
		submit("a:100");
		Awaitility.await().during(Duration.ofMillis(700)).until(() -> this.store.asked() == 16);
		this.store.answers = List.of();
		later.complete(RenewAnswer.RENEWED);
		Awaitility.await().until(() -> this.records.renewed.size() + this.records.failed.size() == 101);
	}

	@Test
	void whenAnAnswerComesOnAThreadOfTheDriverThenThatIsLeftAtOnce() {
		CompletableFuture<RenewAnswer> later = new CompletableFuture<>();
		List<Thread> told = Collections.synchronizedList(new ArrayList<>());
		this.store.answers = List.of(later);
		this.lanes.submit(new RecordedRenewal(this.records, "a:1") {
			@Override
			public void done(long sentAt, RenewRequest request, @Nullable RenewAnswer answer,
					@Nullable Throwable failure) {
				told.add(Thread.currentThread());
			}
		});
		Awaitility.await().until(() -> this.store.asked() == 1);
		later.complete(RenewAnswer.RENEWED);
		Awaitility.await().until(() -> told.size() == 1);
		assertThat(told).doesNotContain(Thread.currentThread());
	}

	private void submit(String key) {
		this.lanes.submit(new RecordedRenewal(this.records, key));
	}

}
