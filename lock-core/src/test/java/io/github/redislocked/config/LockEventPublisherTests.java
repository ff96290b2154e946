/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

import java.util.ArrayList;
import java.util.List;

import io.github.redislocked.FrequentLockEvent;
import io.github.redislocked.LeaseAcquired;
import io.github.redislocked.LeaseLost;
import io.github.redislocked.LeaseReleased;
import io.github.redislocked.LockEvent;
import org.junit.jupiter.api.Test;

import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which events of locks an application context publishes.
 */
class LockEventPublisherTests {

	@Test
	void whenNobodyListensThenOnlyWhatIsRareIsWanted() {
		assertThat(wanted()).containsExactly(LeaseLost.class);
	}

	@Test
	void whenListenersListenToEverythingThenTheyHaveNotAsked() {
		assertThat(wanted(Everything.class, EveryObject.class, EveryPayload.class)).containsExactly(LeaseLost.class);
	}

	@Test
	void whenAMethodListensToOneKindThenThatIsWanted() {
		assertThat(wanted(Acquisitions.class)).containsExactly(LeaseAcquired.class, LeaseLost.class);
	}

	@Test
	void whenAMethodListensToWiderKindsThenTheyAreWanted() {
		assertThat(wanted(AllOfLocks.class)).containsExactly(LeaseAcquired.class, LeaseReleased.class, LeaseLost.class);
		assertThat(wanted(Frequent.class)).containsExactly(LeaseAcquired.class, LeaseReleased.class, LeaseLost.class);
	}

	@Test
	void whenAListenerBeanListensToOneKindThenThatIsWanted() {
		assertThat(wanted(Releases.class)).containsExactly(LeaseReleased.class, LeaseLost.class);
	}

	@Test
	void whenTheParentListensThenThatIsWanted() {
		try (AnnotationConfigApplicationContext parent = new AnnotationConfigApplicationContext(Acquisitions.class);
				AnnotationConfigApplicationContext child = new AnnotationConfigApplicationContext()) {
			child.setParent(parent);
			child.refresh();
			assertThat(wanted(child)).containsExactly(LeaseAcquired.class, LeaseLost.class);
		}
	}

	private static List<Class<?>> wanted(Class<?>... components) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			List.of(components).forEach(context::register);
			context.refresh();
			return wanted(context);
		}
	}

	private static List<Class<?>> wanted(AnnotationConfigApplicationContext context) {
		LockEventPublisher publisher = new LockEventPublisher(context);
		List<Class<?>> wanted = new ArrayList<>();
		for (Class<? extends LockEvent> kind : List.of(LeaseAcquired.class, LeaseReleased.class, LeaseLost.class)) {
			if (publisher.wants(kind)) {
				wanted.add(kind);
			}
		}
		return wanted;
	}

	static class Everything implements ApplicationListener<ApplicationEvent> {

		@Override
		public void onApplicationEvent(ApplicationEvent event) {
			// It only listens.
		}

	}

	static class EveryPayload implements ApplicationListener<PayloadApplicationEvent<?>> {

		@Override
		public void onApplicationEvent(PayloadApplicationEvent<?> event) {
			// It only listens.
		}

	}

	static class EveryObject {

		@EventListener
		void on(Object event) {
			// It only listens.
		}

	}

	static class Acquisitions {

		@EventListener
		void on(LeaseAcquired event) {
			// It only listens.
		}

	}

	static class AllOfLocks {

		@EventListener
		void on(LockEvent event) {
			// It only listens.
		}

	}

	static class Frequent {

		@EventListener
		void on(FrequentLockEvent event) {
			// It only listens.
		}

	}

	static class Releases implements ApplicationListener<PayloadApplicationEvent<LeaseReleased>> {

		@Override
		public void onApplicationEvent(PayloadApplicationEvent<LeaseReleased> event) {
			// It only listens.
		}

	}

}
