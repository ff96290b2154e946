/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.redislocked.LeaseAcquired;
import io.github.redislocked.LeaseEndangered;
import io.github.redislocked.LeaseReleased;
import io.github.redislocked.LockEvent;
import io.github.redislocked.LockListener;
import io.github.redislocked.LockOrigin;
import io.github.redislocked.testing.RecordedEvents;
import io.github.redislocked.testing.RecordedLog;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How events reach listeners, whatever those do.
 */
class LockEventsTests {

	private final EngineThreads threads = new EngineThreads();

	private final RecordedEvents told = new RecordedEvents();

	private final CountDownLatch end = new CountDownLatch(1);

	private final RecordedLog log = new RecordedLog(EventQueue.class.getName());

	@AfterEach
	void close() {
		this.end.countDown();
		this.log.close();
		this.threads.close();
	}

	@Test
	void whenListenerThrowsThenItIsLoggedAndEveryEventIsTold() {
		LockEvents events = events((event) -> {
			this.told.onLockEvent(event);
			throw new AssertionError("broken listener");
		});
		events.publish(() -> event(1));
		events.publish(() -> event(2));
		assertThat(this.told.await(2)).containsExactly(event(1), event(2));
		Awaitility.await().until(this.threads::isAllTold);
		assertThat(this.log.errors()).hasSize(2).allMatch((message) -> message.contains("listener"));
	}

	@Test
	void whenListenerHangsThenAnotherIsTold() {
		LockEvents events = events(this::hang, this.told);
		publish(events, 100);
		assertThat(this.told.await(100)).hasSize(100);
		assertThat(this.threads.isAllTold()).isFalse();
	}

	@Test
	void whenThereAreManyEventsThenEachListenerIsToldInTheirOrderByOneThread() {
		RecordedEvents other = new RecordedEvents();
		LockEvents events = events(this.told, other);
		publish(events, 1000);
		List<LockEvent> all = IntStream.range(0, 1000).mapToObj(LockEventsTests::event).toList();
		assertThat(this.told.await(1000)).isEqualTo(all);
		assertThat(other.await(1000)).isEqualTo(all);
		assertThat(this.told.threads()).allMatch((name) -> name.startsWith("redis-lock-callback-"));
	}

	@Test
	void whenListenerHangsForLongThenEventsAreDroppedAndThatIsLoggedOnce() {
		AtomicInteger received = new AtomicInteger();
		CountDownLatch entered = new CountDownLatch(1);
		EventQueue queue = new EventQueue(this.threads, (event) -> {
			received.incrementAndGet();
			entered.countDown();
			hang(event);
		});
		queue.add(event(0));
		Awaitility.await().until(() -> entered.getCount() == 0);
		IntStream.range(0, EventQueue.MOST + 100).forEach((i) -> queue.add(event(i)));
		assertThat(this.log.warnings()).singleElement().asString().contains("dropped");
		this.end.countDown();
		Awaitility.await().until(this.threads::isAllTold);
		assertThat(received).hasValue(EventQueue.MOST + 1);
		queue.add(event(0));
		Awaitility.await().until(() -> received.get() == EventQueue.MOST + 2);
	}

	@Test
	void whenListenerHangsForLongThenFrequentEventsLeaveRoomForOthers() {
		List<LockEvent> received = new CopyOnWriteArrayList<>();
		CountDownLatch entered = new CountDownLatch(1);
		EventQueue queue = new EventQueue(this.threads, (event) -> {
			received.add(event);
			entered.countDown();
			hang(event);
		});
		queue.add(event(0));
		Awaitility.await().until(() -> entered.getCount() == 0);
		IntStream.range(0, EventQueue.MOST).forEach((i) -> queue.add(acquired(i)));
		queue.add(event(1));
		this.end.countDown();
		Awaitility.await().until(this.threads::isAllTold);
		assertThat(received).hasSize(EventQueue.MOST_FREQUENT + 2).endsWith(event(1));
	}

	@Test
	void whenListenerIsFoundThenItIsAskedOnceWhatItWantsAndToldNothingElse() {
		List<Class<?>> asked = new CopyOnWriteArrayList<>();
		LockEvents events = events(new LockListener() {

			@Override
			public void onLockEvent(LockEvent event) {
				LockEventsTests.this.told.onLockEvent(event);
			}

			@Override
			public boolean wants(Class<? extends LockEvent> kind) {
				asked.add(kind);
				return kind == LeaseAcquired.class;
			}

		});
		assertThat(events.wants(LeaseAcquired.class)).isFalse();
		events.ask();
		Awaitility.await().until(() -> events.wants(LeaseAcquired.class));
		assertThat(events.wants(LeaseReleased.class)).isFalse();
		events.publish(() -> event(1));
		events.publish(() -> acquired(2));
		assertThat(this.told.await(1)).containsExactly(acquired(2));
		assertThat(asked).doesNotHaveDuplicates();
		assertThat(asked).containsExactlyInAnyOrderElementsOf(kinds(LockEvent.class).distinct().toList());
	}

	private static Stream<Class<?>> kinds(Class<?> type) {
		Class<?>[] permitted = type.getPermittedSubclasses();
		return (permitted != null) ? Arrays.stream(permitted).flatMap(LockEventsTests::kinds) : Stream.of(type);
	}

	@Test
	void whenListenersCannotBeFoundAtFirstThenTheyAreAskedForAgain() {
		AtomicInteger asked = new AtomicInteger();
		LockEvents events = new LockEvents(this.threads, () -> {
			if (asked.incrementAndGet() == 1) {
				throw new IllegalStateException("too early");
			}
			return List.of(this.told);
		});
		assertThat(asked).hasValue(0);
		publish(events, 3);
		assertThat(this.told.await(2)).containsExactly(event(1), event(2));
		assertThat(asked).hasValue(2);
		assertThat(this.log.errors()).hasSize(1);
	}

	@Test
	void whenListenersAreAskedAgainThenTheyMayWantMore() {
		AtomicBoolean started = new AtomicBoolean();
		LockEvents events = events(new LockListener() {

			@Override
			public void onLockEvent(LockEvent event) {
				LockEventsTests.this.told.onLockEvent(event);
			}

			@Override
			public boolean wants(Class<? extends LockEvent> kind) {
				return started.get() || kind == LeaseEndangered.class;
			}

		});
		events.publish(() -> event(1));
		this.told.await(1);
		started.set(true);
		events.ask();
		Awaitility.await().until(() -> events.wants(LeaseAcquired.class));
		events.publish(() -> acquired(2));
		assertThat(this.told.await(2)).containsExactly(event(1), acquired(2));
	}

	@Test
	void whenNobodyListensThenNoEventIsMade() {
		LockEvents events = events();
		events.publish(() -> event(1));
		Awaitility.await().until(this.threads::isAllTold);
		events.publish(() -> {
			throw new AssertionError("made an event for nobody");
		});
	}

	private LockEvents events(LockListener... listeners) {
		return new LockEvents(this.threads, () -> List.of(listeners));
	}

	private static void publish(LockEvents events, int count) {
		IntStream.range(0, count).forEach((i) -> events.publish(() -> event(i)));
	}

	private void hang(LockEvent event) {
		try {
			if (!this.end.await(60, TimeUnit.SECONDS)) {
				throw new IllegalStateException("The test forgot to let go of " + event);
			}
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static LockEvent acquired(long number) {
		return new LeaseAcquired("k", null, "token", number, Instant.EPOCH, Duration.ZERO, LockOrigin.FREE);
	}

	private static LockEvent event(long number) {
		return new LeaseEndangered("k", null, "token", number, Instant.EPOCH, Duration.ZERO);
	}

}
