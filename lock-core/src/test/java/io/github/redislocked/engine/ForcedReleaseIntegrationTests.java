/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import io.github.redislocked.Lease;
import io.github.redislocked.LeaseLost;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.Renewal;
import io.github.redislocked.inspection.LockInspector;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.RecordedEvents;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What operators are told to expect of a forced release: when the former holder learns of
 * it, and what it can still do.
 */
class ForcedReleaseIntegrationTests {

	private final StringRedisTemplate redis = TestRedis.shared().template();

	private final String key = "order:" + UUID.randomUUID();

	private final TestEngines engines = new TestEngines(TestRedis.shared(), Driver.LETTUCE);

	private final LockEngine engine = this.engines.start();

	private final LockInspector inspector = new EngineInspector(this.engine);

	@AfterEach
	void stop() {
		this.engines.close();
	}

	@ParameterizedTest
	@EnumSource(Driver.class)
	@DisabledOnOs(value = OS.WINDOWS, disabledReason = "freezes a process by a signal")
	void whenTheHolderIsFrozenThenTheNextHasItAtOnceAndTheHolderLearnsItWhenItWakes(Driver driver) throws Exception {
		try (LockProcess process = LockProcess.start(TestRedis.shared().port(), driver, "frozen").ready()) {
			// A lease so long that its end has nothing to do with what follows.
			process.tell("renewed " + this.key + " 6000");
			assertThat(process.answer()).isEqualTo("renewed");
			process.freeze();
			String token = Objects.requireNonNull(this.inspector.inspect(this.key).ownerToken());
			assertThat(this.inspector.forceRelease(this.key, token)).isTrue();
			try (Lease next = this.engine.acquire(once())) {
				assertThat(process.hasAnswered()).isFalse();
				process.thaw();
				assertThat(process.answer()).startsWith("told ").endsWith(" false PT0S");
				process.tell("release " + this.key);
				assertThat(process.answer()).isEqualTo("lost");
				assertThat(holderInRedis()).isEqualTo(next.ownerToken());
				assertThat(next.isHeld()).isTrue();
			}
		}
	}

	@Test
	void whenTheLeaseIsRenewedElsewhereThenItsHolderIsToldByItsNextRenewal() throws Exception {
		RecordedEvents events = new RecordedEvents();
		try (LockEngine elsewhere = listened(events)) {
			Lease lease = elsewhere.acquire(LockSpec.of(this.key).expire(Duration.ofSeconds(6)).renew(Renewal.ALWAYS));
			assertThat(this.inspector.forceRelease(this.key, lease.ownerToken())).isTrue();
			try (Lease next = this.engine.acquire(once())) {
				assertThat(next.fencingToken()).isGreaterThan(lease.fencingToken());
				// Before its lease would have been over.
				Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> !lease.isHeld());
				LeaseLost lost = events.awaitFirst(LeaseLost.class);
				assertThat(lost.noticed()).isEqualTo(LeaseLost.Noticed.WHILE_HELD);
				assertThat(lost.ownerToken()).isEqualTo(lease.ownerToken());
				assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close);
				assertThat(holderInRedis()).isEqualTo(next.ownerToken());
			}
		}
	}

	@Test
	void whenTheLeaseIsNotRenewedThenItsHolderLearnsItWhenItReleases() throws Exception {
		RecordedEvents events = new RecordedEvents();
		try (LockEngine elsewhere = listened(events)) {
			Lease lease = elsewhere.acquire(LockSpec.of(this.key).expire(Duration.ofMinutes(1)).renew(Renewal.NEVER));
			assertThat(this.inspector.forceRelease(this.key, lease.ownerToken())).isTrue();
			try (Lease next = this.engine.acquire(once())) {
				assertThat(lease.isHeld()).as("nobody has told it").isTrue();
				assertThat(events.events()).isEmpty();
				assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close);
				assertThat(events.awaitFirst(LeaseLost.class).fencingToken()).isEqualTo(lease.fencingToken());
				assertThat(holderInRedis()).isEqualTo(next.ownerToken());
			}
		}
	}

	@Test
	void whenTheLeaseHasRunOutMeanwhileThenNothingIsDoneToWhoHasTheLockNow() throws Exception {
		Lease late;
		try (LockEngine elsewhere = listened(new RecordedEvents())) {
			late = elsewhere.acquire(LockSpec.of(this.key).expire(Duration.ofMillis(500)).renew(Renewal.NEVER));
			Awaitility.await().until(() -> !this.redis.hasKey("redis-lock:{" + this.key + "}"));
			assertThat(this.inspector.inspect(this.key).held()).isFalse();
			assertThat(this.inspector.forceRelease(this.key, late.ownerToken())).isFalse();
			try (Lease next = this.engine.acquire(once())) {
				assertThat(this.inspector.forceRelease(this.key, late.ownerToken())).isFalse();
				assertThat(next.isHeld()).isTrue();
				assertThat(holderInRedis()).isEqualTo(next.ownerToken());
			}
			assertThatExceptionOfType(LockLostException.class).isThrownBy(late::close);
		}
	}

	@Test
	void whenTheTokenIsOfAnotherKeyThenNeitherLosesItsLock() throws Exception {
		String otherKey = this.key + ":other";
		try (Lease lease = this.engine.acquire(once()); Lease other = this.engine.acquire(LockSpec.of(otherKey))) {
			assertThat(this.inspector.forceRelease(this.key, other.ownerToken())).isFalse();
			assertThat(this.inspector.forceRelease(this.key + ":nobody", lease.ownerToken())).isFalse();
			assertThat(List.of(lease, other)).allMatch(Lease::isHeld);
			assertThat(holderInRedis()).isEqualTo(lease.ownerToken());
		}
		assertThat(this.redis.keys("redis-lock:{" + this.key + "*")).allMatch((name) -> name.endsWith(":fence"));
	}

	private LockSpec once() {
		return LockSpec.of(this.key).timeout(Duration.ZERO);
	}

	private String holderInRedis() {
		return this.redis.opsForValue().get("redis-lock:{" + this.key + "}");
	}

	private static LockEngine listened(RecordedEvents events) {
		return new LockEngine(TestEngines.store(TestRedis.shared().connect(Driver.LETTUCE)), TestEngines.SETTINGS,
				() -> List.of(events));
	}

}
