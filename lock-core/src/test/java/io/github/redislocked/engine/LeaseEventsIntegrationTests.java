/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.Lease;
import io.github.redislocked.LeaseEndangered;
import io.github.redislocked.LeaseEvent;
import io.github.redislocked.LeaseLost;
import io.github.redislocked.LockListener;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.Renewal;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.RecordedEvents;
import io.github.redislocked.testing.RecordedLog;
import io.github.redislocked.testing.TcpProxy;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The events of leases that are lost, or may be soon.
 */
class LeaseEventsIntegrationTests {

	private final StringRedisTemplate redis = TestRedis.shared().template();

	private final String key = "event:" + UUID.randomUUID();

	private final RecordedEvents told = new RecordedEvents();

	private final LockEngine engine = engine(this.told);

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void whenReleasedThenNothingIsTold() throws Exception {
		this.engine.acquire(LockSpec.of(this.key)).close();
		this.engine.acquireAsync(LockSpec.of(this.key)).toCompletableFuture().join().closeAsync();
		this.engine.close();
		assertThat(this.told.events()).isEmpty();
	}

	@Test
	void whenDeletedByHandThenARenewalFindsItAndItIsToldOnce() throws Exception {
		Lease lease = this.engine.acquire(LockSpec.of(this.key));
		Lease shared = lease.call(() -> this.engine.acquire(LockSpec.of(this.key)));
		delete();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> lease.renew(Duration.ofMinutes(1)));
		assertThatExceptionOfType(LockLostException.class).isThrownBy(shared::close);
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close);
		assertToldOnce(lease, LeaseLost.Noticed.WHILE_HELD);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenDeletedByHandThenTheReleaseFindsItAndItIsToldOnce(boolean blocking) throws Exception {
		Lease lease = this.engine.acquire(LockSpec.of(this.key));
		delete();
		try (RecordedLog log = new RecordedLog(LockNotices.class.getName())) {
			if (blocking) {
				assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close);
			}
			else {
				assertThat(lease.closeAsync()).failsWithin(Duration.ofSeconds(10));
			}
			assertThat(log.warnings()).singleElement().asString().contains("was lost", "Look for keys");
		}
		assertToldOnce(lease, LeaseLost.Noticed.BY_RELEASE);
	}

	@Test
	void whenItRanOutThenToldWithItsEnd() throws Exception {
		Instant before = Instant.now();
		Lease lease = this.engine.acquire(LockSpec.of(this.key).expire(Duration.ofMillis(500)));
		LeaseLost lost = this.told.awaitFirst(LeaseLost.class);
		assertThat(lost.when()).isBetween(before.plusMillis(400), Instant.now());
		assertThat(lost.reason()).contains("ran out");
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close);
		assertToldOnce(lease, LeaseLost.Noticed.WHILE_HELD);
	}

	@Test
	void whenEngineIsClosedThenToldBeforeThatEnds() throws Exception {
		Lease lease = this.engine.acquire(LockSpec.of(this.key));
		this.engine.close();
		assertThat(this.told.events()).singleElement().isInstanceOf(LeaseLost.class);
		assertThat(((LeaseLost) this.told.events().get(0)).reason()).contains("closing");
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close);
		assertToldOnce(lease, LeaseLost.Noticed.WHILE_HELD);
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenRedisCannotBeReachedTwiceThenDangerIsToldOnce(Driver driver) throws Exception {
		try (TcpProxy proxy = new TcpProxy(TestRedis.shared().port());
				LockEngine distant = new LockEngine(
						TestEngines.store(driver.connect(proxy.port(), Duration.ofMillis(300))), TestEngines.SETTINGS,
						() -> List.of(this.told))) {
			Lease lease = distant.acquire(LockSpec.of(this.key).expire(Duration.ofSeconds(6)).renew(Renewal.ALWAYS));
			proxy.fate(TcpProxy.Fate.HOLD);
			LeaseEndangered endangered = this.told.awaitFirst(LeaseEndangered.class);
			assertThat(endangered.remaining()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(2));
			assertIsOf(lease, endangered);
			proxy.fate(TcpProxy.Fate.PASS);
			Awaitility.await().until(() -> lease.remaining().compareTo(Duration.ofSeconds(5)) > 0);
			proxy.fate(TcpProxy.Fate.HOLD);
			Awaitility.await().until(() -> lease.remaining().compareTo(Duration.ofMillis(1200)) < 0);
			proxy.fate(TcpProxy.Fate.PASS);
			Awaitility.await().until(() -> lease.remaining().compareTo(Duration.ofSeconds(5)) > 0);
			assertThat(this.told.events()).containsExactly(endangered);
			lease.close();
		}
	}

	@Test
	void whenListenersThrowOrHangThenLocksGoOnAndOthersAreTold() throws Exception {
		CountDownLatch hanging = new CountDownLatch(1);
		CountDownLatch lost = new CountDownLatch(2);
		try (LockEngine troubled = engine((event) -> {
			throw new IllegalStateException("broken listener");
		}, (event) -> await(hanging), this.told)) {
			for (int i = 0; i < 2; i++) {
				Lease lease = troubled.acquire(LockSpec.of(this.key).expire(Duration.ofMillis(300)));
				lease.onLost(lost::countDown);
				assertThat(this.told.await(i + 1)).hasSize(i + 1);
				assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close);
			}
			assertThat(lost.await(10, TimeUnit.SECONDS)).isTrue();
			Lease renewed = troubled
				.acquire(LockSpec.of(this.key).expire(Duration.ofMillis(1500)).renew(Renewal.ALWAYS));
			Awaitility.await().during(Duration.ofSeconds(3)).until(renewed::isHeld);
			renewed.close();
			hanging.countDown();
		}
	}

	private void delete() {
		this.redis.delete("redis-lock:{" + this.key + "}");
	}

	private void assertToldOnce(Lease lease, LeaseLost.Noticed noticed) {
		LeaseLost lost = this.told.awaitFirst(LeaseLost.class);
		assertIsOf(lease, lost);
		assertThat(lost.noticed()).isSameAs(noticed);
		Awaitility.await().until(() -> this.engine.parts().closings().isIdle());
		this.engine.close();
		assertThat(this.told.events()).containsExactly(lost);
		assertThat(this.told.threads()).allMatch((name) -> name.startsWith("redis-lock-callback-"));
	}

	private void assertIsOf(Lease lease, LeaseEvent event) {
		assertThat(event.key()).isEqualTo(this.key);
		assertThat(event.ownerToken()).isEqualTo(lease.ownerToken());
		assertThat(event.fencingToken()).isEqualTo(lease.fencingToken());
		assertThat(event.toString()).contains(this.key).doesNotContain(lease.ownerToken());
	}

	private static LockEngine engine(LockListener... listeners) {
		return new LockEngine(TestEngines.store(TestRedis.shared().connect(Driver.LETTUCE)), TestEngines.SETTINGS,
				() -> List.of(listeners));
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(60, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
