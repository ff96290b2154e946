/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import ch.qos.logback.classic.Level;
import io.github.redislocked.Lease;
import io.github.redislocked.LeaseAcquired;
import io.github.redislocked.LeaseReleased;
import io.github.redislocked.LeaseRenewed;
import io.github.redislocked.LockEvent;
import io.github.redislocked.LockListener;
import io.github.redislocked.LockNotAcquired;
import io.github.redislocked.LockNotAcquiredException;
import io.github.redislocked.LockOrigin;
import io.github.redislocked.LockSpec;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.RecordedEvents;
import io.github.redislocked.testing.RecordedLog;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The events that come with every use of a lock, and what is logged of it.
 */
class FrequentEventsIntegrationTests {

	private final String key = "frequent:" + UUID.randomUUID();

	private final RecordedEvents told = RecordedEvents.ofAllKinds();

	private final RecordedEvents others = new RecordedEvents();

	private final LockEngine engine = new LockEngine(TestEngines.store(TestRedis.shared().connect(Driver.LETTUCE)),
			TestEngines.SETTINGS, new Audience());

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void whenWantedThenToldOfEachUse() throws Exception {
		listen();
		Lease lease = this.engine.acquire(spec());
		assertThatExceptionOfType(LockNotAcquiredException.class)
			.isThrownBy(() -> this.engine.acquire(spec().timeout(Duration.ofMillis(50))));
		lease.close();
		List<LockEvent> events = this.told.await(3);
		assertThat(events.get(0)).isInstanceOfSatisfying(LeaseAcquired.class, (acquired) -> {
			assertThat(acquired.ownerToken()).isEqualTo(lease.ownerToken());
			assertThat(acquired.fencingToken()).isEqualTo(lease.fencingToken());
			assertThat(acquired.origin()).isSameAs(LockOrigin.FREE);
			assertThat(acquired.waited()).isBetween(Duration.ZERO, Duration.ofSeconds(10));
		});
		assertThat(events.get(1)).isInstanceOfSatisfying(LockNotAcquired.class, (refused) -> {
			assertThat(refused.holder()).isEqualTo(lease.ownerToken());
			assertThat(refused.reason()).isSameAs(LockNotAcquired.Reason.TIMEOUT);
			assertThat(refused.waited()).isGreaterThanOrEqualTo(Duration.ofMillis(50));
		});
		assertThat(events.get(2)).isInstanceOfSatisfying(LeaseReleased.class, (released) -> {
			assertThat(released.fencingToken()).isEqualTo(lease.fencingToken());
			assertThat(released.held()).isGreaterThanOrEqualTo(Duration.ofMillis(50));
		});
		assertThat(events).hasSize(3).allSatisfy((event) -> {
			assertThat(event.key()).isEqualTo(this.key);
			assertThat(event.name()).isEqualTo("Orders.ship");
			assertThat(event.toString()).contains("Orders.ship").doesNotContain(lease.ownerToken());
		});
		assertThat(events).extracting(LockEvent::when).isSorted();
		assertThat(this.others.events()).isEmpty();
	}

	@Test
	void whenNobodyHasAskedYetThenNothingIsTold() throws Exception {
		this.engine.acquire(spec()).close();
		listen();
		this.engine.acquire(spec()).close();
		assertThat(this.told.await(2)).hasSize(2);
	}

	@Test
	void whenALeaseIsRenewedForLongThenToldOnce() throws Exception {
		Lease lease = this.engine.acquire(spec());
		Awaitility.await().until(() -> {
			lease.renew(Duration.ofSeconds(30));
			return !this.others.events().isEmpty();
		});
		lease.renew(Duration.ofSeconds(30));
		lease.close();
		this.engine.close();
		assertThat(this.others.events()).singleElement().isInstanceOfSatisfying(LeaseRenewed.class, (renewed) -> {
			assertThat(renewed.held()).isGreaterThanOrEqualTo(Duration.ofMillis(500));
			assertThat(renewed.fencingToken()).isEqualTo(lease.fencingToken());
			assertThat(renewed.name()).isEqualTo("Orders.ship");
		});
	}

	@Test
	void whenDebuggingThenEachUseIsLoggedAndNothingAbove() throws Exception {
		try (RecordedLog log = RecordedLog.ofAllLevels("io.github.redislocked.engine")) {
			Lease lease = this.engine.acquire(spec());
			assertThatExceptionOfType(LockNotAcquiredException.class)
				.isThrownBy(() -> this.engine.acquire(spec().timeout(Duration.ZERO)));
			lease.close();
			String token = Long.toString(lease.fencingToken());
			List<String> lines = log.everything(Level.TRACE);
			assertThat(lines)
				.anyMatch((line) -> line.contains("acquired after") && line.contains(this.key) && line.contains(token)
						&& line.contains("Orders.ship"))
				.anyMatch((line) -> line.contains("not acquired") && line.contains("TIMEOUT"))
				.anyMatch((line) -> line.contains("given back after"))
				.noneMatch((line) -> line.contains(lease.ownerToken()));
			assertThat(log.everything(Level.INFO)).isEmpty();
		}
	}

	private void listen() {
		this.engine.listen();
		Awaitility.await().until(() -> this.engine.parts().events().areFrequentWanted());
	}

	private LockSpec spec() {
		return LockSpec.of(this.key).name("Orders.ship");
	}

	private final class Audience implements LockAudience {

		@Override
		public Collection<LockListener> listeners() {
			return List.of(FrequentEventsIntegrationTests.this.told, FrequentEventsIntegrationTests.this.others);
		}

		@Override
		public Duration longHold() {
			return Duration.ofMillis(500);
		}

	}

}
