/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.redislocked.LockSpec;
import io.github.redislocked.store.AcquireAnswer;
import io.github.redislocked.store.AcquireRequest;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.RecordedObserver;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls that Redis does not answer before the caller has been told.
 */
class UnansweredCallsIntegrationTests {

	private final RecordedObserver observer = new RecordedObserver();

	private final CompletableFuture<AcquireAnswer> answer = new CompletableFuture<>();

	@Test
	void whenTheAnswerIsAFailureInTheEndThenThatIsSeen() {
		try (LockEngine engine = engine()) {
			LockSpec spec = LockSpec.of("hung").name("hung").timeout(Duration.ofMillis(100));
			assertThat(engine.acquireAsync(spec)).failsWithin(Duration.ofSeconds(9));
			this.answer.completeExceptionally(TroubledStore.passing("hung"));
			Awaitility.await().until(() -> this.observer.seen().size() == 2);
			assertThat(this.observer.seen()).containsExactly("begin hung", "FAILURE by LockStoreException hung");
		}
	}

	@Test
	void whenCommandsFailThenEachIsSeenBeforeTheEnd() {
		this.answer.completeExceptionally(TroubledStore.passing("away"));
		try (LockEngine engine = engine()) {
			engine.acquireAsync(LockSpec.of("away").name("away").timeout(Duration.ofMinutes(2)));
			Awaitility.await().until(() -> this.observer.troubles() >= 3);
			assertThat(this.observer.seen()).containsExactly("begin away");
		}
	}

	private LockEngine engine() {
		return TestEngines.observed(new StoreDecorator(TestEngines.store(TestRedis.shared().connect(Driver.LETTUCE))) {

			@Override
			public CompletionStage<AcquireAnswer> acquire(AcquireRequest request) {
				return UnansweredCallsIntegrationTests.this.answer;
			}

		}, TestEngines.SETTINGS, this.observer);
	}

}
