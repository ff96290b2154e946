/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.redislocked.LeaseAcquired;
import io.github.redislocked.LeaseEndangered;
import io.github.redislocked.LockEvent;
import io.github.redislocked.LockListener;
import io.github.redislocked.LockOrigin;
import io.github.redislocked.testing.RecordedEvents;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How listeners are asked what they want, and asked again.
 */
class AskedListenersTests {

	private final EngineThreads threads = new EngineThreads();

	private final RecordedEvents told = new RecordedEvents();

	private final CountDownLatch end = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.end.countDown();
		this.threads.close();
	}

	@Test
	void whenListenersAreAskedAgainDuringAnEventThenTheNextOneWaits() {
		CountDownLatch entered = new CountDownLatch(1);
		AtomicInteger inside = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		LockListener listener = (event) -> {
			most.accumulateAndGet(inside.incrementAndGet(), Math::max);
			entered.countDown();
			await(this.end);
			this.told.onLockEvent(event);
			inside.decrementAndGet();
		};
		AtomicInteger asked = new AtomicInteger();
		LockEvents events = new LockEvents(this.threads, () -> {
			asked.incrementAndGet();
			return List.of(listener);
		});
		events.publish(() -> event(1));
		await(entered);
		events.ask();
		Awaitility.await().until(() -> asked.get() == 2);
		events.publish(() -> event(2));
		Awaitility.await().during(Duration.ofMillis(200)).until(() -> most.get() == 1);
		this.end.countDown();
		assertThat(this.told.await(2)).containsExactly(event(1), event(2));
		assertThat(most).hasValue(1);
	}

	@Test
	void whenAListenerCannotSayWhatItWantsThenItIsToldWhatIsRareAndOthersAllTheyWant() {
		RecordedEvents broken = new RecordedEvents();
		LockEvents events = events(new LockListener() {

			@Override
			public void onLockEvent(LockEvent event) {
				broken.onLockEvent(event);
			}

			@Override
			public boolean wants(Class<? extends LockEvent> kind) {
				throw new IllegalStateException("broken listener");
			}

		}, this.told);
		events.publish(() -> event(0));
		events.publish(() -> event(1));
		events.publish(() -> new LeaseAcquired("k", null, "token", 3, Instant.EPOCH, Duration.ZERO, LockOrigin.FREE));
		assertThat(this.told.await(2)).startsWith(event(0), event(1));
		assertThat(broken.await(2)).containsExactly(event(0), event(1));
	}

	private LockEvents events(LockListener... listeners) {
		return new LockEvents(this.threads, () -> List.of(listeners));
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static LockEvent event(long number) {
		return new LeaseEndangered("k", null, "token", number, Instant.EPOCH, Duration.ZERO);
	}

}
