/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.redislocked.Lease;
import io.github.redislocked.LeaseAcquired;
import io.github.redislocked.LeaseLost;
import io.github.redislocked.LockEvent;
import io.github.redislocked.LockListener;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockTemplate;
import io.github.redislocked.annotation.RedisLocked;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.LockedApplication;
import io.github.redislocked.testing.RecordedEvents;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Beans that are told what becomes of locks.
 */
class LockListenersIntegrationTests {

	private final LockedApplication application = new LockedApplication(Driver.LETTUCE, RecordedEvents.class,
			Auditor.class, LockedAuditor.class, Reader.class, LazyListener.class, ShortGrace.class);

	private final RecordedEvents told = this.application.get(RecordedEvents.class);

	private final Reader reader = this.application.get(Reader.class);

	@AfterEach
	void close() {
		this.application.close();
	}

	@Test
	void whenALockIsLostThenEveryListenerBeanIsTold() {
		lose();
		LeaseLost lost = this.told.awaitFirst(LeaseLost.class);
		assertThat(lost.key()).isEqualTo(this.application.key());
		Awaitility.await().until(() -> this.application.get(LazyListener.class).events.equals(List.of(lost)));
	}

	@Test
	void whenAListenerUsesLocksThenThereIsNoCycle() {
		lose();
		LeaseLost lost = this.told.awaitFirst(LeaseLost.class);
		Awaitility.await().until(() -> this.application.get(Auditor.class).audited.equals(List.of(lost)));
		LockListener locked = this.application.get(LockedListener.class);
		Awaitility.await().until(() -> ((LockedListener) locked).keys().equals(List.of("audit", lost.key())));
	}

	@Test
	void whenALockIsLostThenItIsAnApplicationEvent() {
		lose();
		LeaseLost lost = this.told.awaitFirst(LeaseLost.class);
		Awaitility.await().until(() -> this.reader.losses.equals(List.of(lost)));
		Awaitility.await().until(() -> this.reader.events.contains(lost));
		// It listens to all kinds, and so is told of every use as well.
		assertThat(this.reader.events).hasAtLeastOneElementOfType(LeaseAcquired.class);
	}

	@Test
	void whenTheContextIsClosedThenLossesAreToldBeforeItEnds() {
		this.application.take();
		this.reader.context.close();
		assertThat(this.told.events()).singleElement().isInstanceOf(LeaseLost.class);
		assertThat(this.reader.losses).isEqualTo(this.told.events());
	}

	@Test
	void whenTheContextIsStartedAgainThenListenersAreToldAgain() {
		this.reader.context.stop();
		this.reader.context.start();
		lose();
		this.told.awaitFirst(LeaseLost.class);
	}

	private void lose() {
		Lease lease = this.application.take();
		this.application.steal();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close);
	}

	static class Auditor implements LockListener {

		private final List<LockEvent> audited = new CopyOnWriteArrayList<>();

		private final LockTemplate locks;

		Auditor(LockTemplate locks) {
			this.locks = locks;
		}

		@Override
		public void onLockEvent(LockEvent event) {
			try (Lease lease = this.locks.acquire(LockSpec.of("audit:" + event.key()))) {
				assertThat(lease.isHeld()).isTrue();
				this.audited.add(event);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

	interface LockedListener extends LockListener {

		List<String> keys();

	}

	static class LockedAuditor implements LockedListener {

		private final List<String> keys = new CopyOnWriteArrayList<>();

		@Override
		@RedisLocked("audit")
		public void onLockEvent(LockEvent event) {
			this.keys.add(Lease.current().orElseThrow().key());
			this.keys.add(event.key());
		}

		@Override
		public List<String> keys() {
			return this.keys;
		}

	}

	static class Reader {

		private final ConfigurableApplicationContext context;

		private final List<LockEvent> losses = new CopyOnWriteArrayList<>();

		private final List<LockEvent> events = new CopyOnWriteArrayList<>();

		Reader(ConfigurableApplicationContext context) {
			this.context = context;
		}

		@EventListener
		void onLoss(LeaseLost event) {
			this.losses.add(event);
		}

		@EventListener
		void onAny(LockEvent event) {
			this.events.add(event);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ShortGrace {

		@Bean
		@Primary
		RedisLockSettings settings() {
			RedisLockSettings defaults = RedisLockSettings.defaults();
			return new RedisLockSettings(true, defaults.algorithm(), defaults.keyPrefix(), defaults.expire(),
					defaults.timeout(), defaults.maxHold(), null, defaults.order(), defaults.fenceRetention(),
					Duration.ofMillis(100), defaults.localHandover(), defaults.startupCheck(), defaults.replicasWait());
		}

	}

	@Lazy
	static class LazyListener implements LockListener {

		private final List<LockEvent> events = new CopyOnWriteArrayList<>();

		@Override
		public void onLockEvent(LockEvent event) {
			this.events.add(event);
		}

	}

}
