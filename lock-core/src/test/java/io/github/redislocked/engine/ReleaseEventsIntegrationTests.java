/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.redislocked.Lease;
import io.github.redislocked.LeaseLost;
import io.github.redislocked.LockEvent;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.ReleaseFailed;
import io.github.redislocked.Renewal;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.RecordedEvents;
import io.github.redislocked.testing.RecordedLog;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The events of releases that fail and are repeated in the background.
 */
class ReleaseEventsIntegrationTests {

	private static final String PACKAGE = "io.github.redislocked";

	private final StringRedisTemplate redis = TestRedis.shared().template();

	private final String key = "event:" + UUID.randomUUID();

	private final String lock = "redis-lock:{" + this.key + "}";

	private final TroubledStore store = new TroubledStore(TestEngines.store(TestRedis.shared().connect(Driver.JEDIS)));

	private final RecordedEvents told = new RecordedEvents();

	private final LockEngine engine = new LockEngine(this.store, TestEngines.SETTINGS, () -> List.of(this.told));

	private final AtomicInteger releases = new AtomicInteger();

	@AfterEach
	void close() {
		this.engine.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenRepetitionsFailThenToldOnceAndNothingMoreOnceReleased(boolean blocking) throws Exception {
		Lease lease = this.engine.acquire(spec());
		fail(4);
		close(lease, blocking);
		ReleaseFailed failed = this.told.awaitFirst(ReleaseFailed.class);
		assertThat(failed.key()).isEqualTo(this.key);
		assertThat(failed.ownerToken()).isEqualTo(lease.ownerToken());
		assertThat(failed.fencingToken()).isEqualTo(lease.fencingToken());
		assertThat(failed.toString()).contains(this.key).doesNotContain(lease.ownerToken());
		assertThat(failed.remaining()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30));
		awaitClosed(5);
		assertThat(this.told.events()).containsExactly(failed);
	}

	@Test
	void whenTheFirstRepetitionSucceedsThenNothingIsTold() throws Exception {
		Lease lease = this.engine.acquire(spec());
		fail(1);
		lease.close();
		awaitClosed(2);
		assertThat(this.told.events()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenARepetitionFindsTheLockLostThenThatIsToldAfterwards(boolean blocking) throws Exception {
		Lease lease = this.engine.acquire(spec());
		fail(3);
		this.redis.delete(this.lock);
		close(lease, blocking);
		awaitClosed(4);
		List<LockEvent> events = this.told.events();
		assertThat(events).hasSize(2).first().isInstanceOf(ReleaseFailed.class);
		assertThat(events.get(1)).isInstanceOfSatisfying(LeaseLost.class, (lost) -> {
			assertThat(lost.noticed()).isSameAs(LeaseLost.Noticed.BY_REPEATED_RELEASE);
			assertThat(lost.ownerToken()).isEqualTo(lease.ownerToken());
		});
	}

	@Test
	void whenTheLeaseEndsBeforeTheAnswerThenToldThatNothingRemains() throws Exception {
		Lease lease = this.engine.acquire(strict());
		fail(Integer.MAX_VALUE);
		try (RecordedLog log = new RecordedLog(PACKAGE)) {
			lease.close();
			awaitClosed(3);
			assertThat(log.warnings()).singleElement().asString().contains("look whether Redis can be reached");
		}
		assertFailedThenOver();
	}

	@Test
	void whenTheAnswerComesAfterTheEndThenToldThatNothingRemains() throws Exception {
		Lease lease = this.engine.acquire(strict());
		CountDownLatch gone = new CountDownLatch(1);
		this.store.onRelease((released, token) -> {
			if (this.releases.getAndIncrement() < 2) {
				throw TroubledStore.passing(released);
			}
			await(gone);
		});
		try (RecordedLog log = new RecordedLog(PACKAGE)) {
			lease.close();
			Awaitility.await().until(() -> !this.redis.hasKey(this.lock));
			Awaitility.await().pollDelay(Duration.ofMillis(100)).until(() -> this.releases.get() == 3);
			gone.countDown();
			awaitClosed(3);
			assertThat(log.warnings()).hasSize(1);
		}
		assertFailedThenOver();
	}

	@Test
	void whenNobodyWorkedUnderTheLeaseThenNothingIsTold() throws Exception {
		fail(3);
		try (RecordedLog log = new RecordedLog(PACKAGE)) {
			AsyncCaller.leave((HeldLease) this.engine.acquire(spec()));
			awaitClosed(4);
			assertThat(log.warnings()).isEmpty();
		}
		assertThat(this.told.events()).isEmpty();
	}

	@Test
	void whenALostLockCannotBeGivenBackThenOnlyItsLossIsWarnedOf() throws Exception {
		fail(3);
		try (RecordedLog log = new RecordedLog(PACKAGE)) {
			Lease lease = this.engine.acquire(spec());
			this.redis.delete(this.lock);
			assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> lease.renew(Duration.ofSeconds(30)));
			assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close);
			awaitClosed(4);
			assertThat(log.warnings()).singleElement().asString().contains("was lost");
		}
	}

	private void assertFailedThenOver() {
		assertThat(this.told.events()).hasSize(2).allMatch(ReleaseFailed.class::isInstance);
		assertThat(this.told.events()).extracting((event) -> ((ReleaseFailed) event).remaining().isZero())
			.containsExactly(false, true);
	}

	private void fail(int times) {
		this.store.onRelease((released, token) -> {
			if (this.releases.getAndIncrement() < times) {
				throw TroubledStore.passing(released);
			}
		});
	}

	private static void close(Lease lease, boolean blocking) {
		if (blocking) {
			lease.close();
		}
		else {
			assertThat(lease.closeAsync()).succeedsWithin(Duration.ofSeconds(10));
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(60, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	// Whatever there is to tell has been told then.
	private void awaitClosed(int attempts) {
		Awaitility.await().until(() -> this.engine.parts().closings().isIdle());
		Awaitility.await().until(() -> this.engine.parts().threads().isAllTold());
		assertThat(this.releases).hasValueGreaterThanOrEqualTo(attempts);
	}

	private LockSpec spec() {
		return LockSpec.of(this.key);
	}

	private LockSpec strict() {
		return spec().expire(Duration.ofMillis(600)).renew(Renewal.NEVER);
	}

}
