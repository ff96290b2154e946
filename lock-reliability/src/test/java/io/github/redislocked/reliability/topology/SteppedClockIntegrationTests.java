/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.topology;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.redislocked.Lease;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.Renewal;
import io.github.redislocked.inspection.LockSnapshot;
import io.github.redislocked.reliability.server.SteppedRedis;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.RecordedLog;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Locks on a server whose clock is set, which it should never be.
 */
@EnabledOnOs(OS.LINUX)
class SteppedClockIntegrationTests {

	private static final Duration LEASE = Duration.ofSeconds(2);

	/** In seconds. */
	private static final List<Integer> STEPS = List.of(-3600, 3600, 1, -1, 60, -60, 3600, -3600);

	private static SteppedRedis redis;

	@TempDir
	private static Path directory;

	private Application holders;

	private Application waiters;

	@BeforeAll
	static void startServer() {
		redis = new SteppedRedis(directory);
	}

	@AfterAll
	static void stopServer() {
		if (redis != null) {
			redis.close();
		}
	}

	@BeforeEach
	void start() {
		List<String> properties = List.of("spring.data.redis.port=" + redis.server().port());
		this.holders = new Application(Driver.LETTUCE, properties);
		this.waiters = new Application(Driver.JEDIS, properties);
	}

	@AfterEach
	void stop() {
		this.holders.close();
		this.waiters.close();
	}

	@ParameterizedTest
	@EnumSource
	void whenTheClockIsSetThenFencingTokensGrowAndLossesAreTold(Driver holder) throws Exception {
		Application holding = (holder == Driver.LETTUCE) ? this.holders : this.waiters;
		Application waiting = (holder == Driver.LETTUCE) ? this.waiters : this.holders;
		String key = "stepped:" + holder;
		for (int step : STEPS) {
			AtomicInteger losses = new AtomicInteger();
			Lease lease = holding.locks().acquire(spec(key).expire(LEASE).renew(Renewal.ALWAYS));
			lease.onLost(losses::incrementAndGet);
			CompletableFuture<Lease> next = waiting.locks().acquireAsync(spec(key)).toCompletableFuture();
			redis.stepClock(Duration.ofSeconds(step));
			if (step > LEASE.toSeconds()) {
				assertThat(next.get(20, TimeUnit.SECONDS).fencingToken()).isGreaterThan(lease.fencingToken());
				Awaitility.await().until(() -> losses.get() == 1);
				assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close);
			}
			else {
				Awaitility.await().during(LEASE.dividedBy(3)).until(() -> lease.isHeld() && !next.isDone());
				lease.close();
				assertThat(losses).hasValue(0);
			}
			Lease second = next.get(20, TimeUnit.SECONDS);
			assertThat(second.fencingToken()).isGreaterThan(lease.fencingToken());
			second.close();
			Lease third = holding.locks().acquire(spec(key));
			assertThat(third.fencingToken()).isGreaterThan(second.fencingToken());
			third.close();
		}
	}

	// What is written while the clock is back would be over by the time when it is right
	// again, which is before the first token.
	@ParameterizedTest
	@ValueSource(strings = { "queue", "getset" })
	void whenTheClockIsSetBackAndRightThenTheLastFencingTokenIsKept(String algorithm) throws Exception {
		try (Application application = new Application(Driver.LETTUCE,
				List.of("spring.data.redis.port=" + redis.server().port(), "redis-lock.algorithm=" + algorithm))) {
			long last = 0;
			for (int step : List.of(60, -3600, 3540)) {
				redis.stepClock(Duration.ofSeconds(step));
				for (int i = 0; i < 2; i++) {
					try (Lease lease = application.locks().acquire(spec("set-right:" + algorithm).expire(LEASE))) {
						assertThat(lease.fencingToken()).isGreaterThan(last);
						last = lease.fencingToken();
					}
				}
			}
		}
	}

	// Its holder has forgotten it, and nobody renews or releases it.
	@ParameterizedTest
	@ValueSource(strings = { "queue", "getset" })
	void whenALockStaysHeldAfterTheClockWasSetBackThenAForcedReleaseMendsThat(String algorithm) throws Exception {
		String key = "forced:" + algorithm;
		LockSpec once = LockSpec.of(key).timeout(Duration.ZERO);
		List<String> properties = List.of("spring.data.redis.port=" + redis.server().port(),
				"redis-lock.algorithm=" + algorithm);
		try (Application forgetful = new Application(Driver.LETTUCE, properties);
				Application other = new Application(Driver.JEDIS, properties)) {
			Lease lease = forgetful.locks().acquire(spec(key).expire(LEASE).renew(Renewal.NEVER));
			redis.stepClock(Duration.ofHours(-1));
			Awaitility.await().until(() -> !lease.isHeld());
			assertThat(other.locks().tryAcquire(once)).isEmpty();
			LockSnapshot lock = other.inspector().inspect(key);
			assertThat(lock.ownerToken()).isEqualTo(lease.ownerToken());
			assertThat(lock.remaining()).isGreaterThan(Duration.ofMinutes(59));
			assertThat(other.inspector().forceRelease(key, lease.ownerToken())).isTrue();
			try (Lease next = other.locks().acquire(once)) {
				assertThat(next.fencingToken()).isGreaterThan(lease.fencingToken());
			}
			assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close);
		}
		finally {
			redis.stepClock(Duration.ofHours(1));
		}
	}

	@Test
	void whenALeaseBecomesLongerThanAnyCouldBeThenWarns() throws Exception {
		try (RecordedLog log = new RecordedLog("io.github.redislocked.engine.OverlongLeases")) {
			Lease lease = this.holders.locks().acquire(spec("overlong").expire(LEASE).renew(Renewal.ALWAYS));
			attempt();
			assertThat(log.warnings()).isEmpty();
			redis.stepClock(Duration.ofHours(-1));
			attempt();
			attempt();
			assertThat(log.warnings()).hasSize(1);
			redis.stepClock(Duration.ofHours(1));
			lease.close();
		}
	}

	private void attempt() throws InterruptedException {
		assertThat(this.waiters.locks().tryAcquire(LockSpec.of("overlong").timeout(Duration.ofMillis(100)))).isEmpty();
	}

	private static LockSpec spec(String key) {
		return LockSpec.of(key).timeout(Duration.ofSeconds(30));
	}

}
