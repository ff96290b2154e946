/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.autoconfigure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

import io.github.redislocked.LeaseAcquired;
import io.github.redislocked.LeaseLost;
import io.github.redislocked.LockEvent;
import io.github.redislocked.LockListener;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockTemplate;
import io.github.redislocked.testing.DocumentedSnippets;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What an application with the starter is told of its locks.
 */
class LockEventsIntegrationTests {

	private final ApplicationContextRunner contextRunner = Contexts.withRedis().withBean(Orders.class);

	@Test
	void whenALockIsLostThenEventListenersAreTold() {
		this.contextRunner.withBean(Operator.class).run((context) -> {
			lose(context.getBean(Orders.class), "lost-1");
			List<LeaseLost> losses = context.getBean(Operator.class).losses;
			Awaitility.await().until(() -> !losses.isEmpty());
			assertThat(losses).singleElement().extracting(LeaseLost::key).isEqualTo("order:lost-1");
		});
	}

	@Test
	void whenAListenerInjectsTheTemplateThenTheApplicationStartsAndItIsTold() {
		this.contextRunner.withBean(Auditor.class).run((context) -> {
			assertThat(context).hasNotFailed();
			lose(context.getBean(Orders.class), "lost-2");
			List<LockEvent> events = context.getBean(Auditor.class).events;
			Awaitility.await().until(() -> !events.isEmpty());
		});
	}

	@Test
	void whenAnApplicationListenerAsksForAcquisitionsThenItIsToldOfThem() {
		this.contextRunner.withBean(Counter.class).run((context) -> {
			Counter counter = context.getBean(Counter.class);
			Awaitility.await().until(() -> {
				context.getBean(Orders.class).reserve("counted", () -> "reserved");
				return counter.longest.get() >= 0;
			});
		});
	}

	@Test
	void whenPageShowsCodeThenItIsThis() {
		DocumentedSnippets.ofPage("docs/observability.md").areFrom(LockEventsIntegrationTests.class);
	}

	private static void lose(Orders orders, String id) {
		assertThatExceptionOfType(LockLostException.class).isThrownBy(
				() -> orders.reserve(id, () -> TestRedis.shared().template().delete("redis-lock:{order:" + id + "}")));
	}

	static class Operator {

		private final List<LeaseLost> losses = new CopyOnWriteArrayList<>();

		@EventListener
		void onLoss(LeaseLost lost) {
			this.losses.add(lost);
		}

	}

	static class Counter {

		private final AtomicLong longest = new AtomicLong(-1);

		// tag::acquired[]
		@EventListener
		void onAcquired(LeaseAcquired acquired) {
			this.longest.accumulateAndGet(acquired.waited().toMillis(), Math::max);
		}
		// end::acquired[]

	}

	static class Auditor implements LockListener {

		private final List<LockEvent> events = new CopyOnWriteArrayList<>();

		Auditor(LockTemplate locks) {
			assertThat(locks).isNotNull();
		}

		@Override
		public void onLockEvent(LockEvent event) {
			this.events.add(event);
		}

	}

}
