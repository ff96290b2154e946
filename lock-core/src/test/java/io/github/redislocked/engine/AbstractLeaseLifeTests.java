/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.redislocked.Lease;
import io.github.redislocked.LockLostException;
import io.github.redislocked.LockSpec;
import io.github.redislocked.LockStoreException;
import io.github.redislocked.Renewal;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.Signals;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.slf4j.LoggerFactory;

import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The life of a lease: how it is renewed, when that ends, and who learns of its loss.
 */
abstract class AbstractLeaseLifeTests {

	private static final String LOCK = "redis-lock:{k}";

	private static final Duration LEASE = Duration.ofMillis(1500);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final TestRedis server = TestRedis.start();

	private final StringRedisTemplate redis = this.server.template();

	private final LockEngine engine;

	private final Driver driver;

	AbstractLeaseLifeTests(Driver driver) {
		this.driver = driver;
		this.engine = engine(Duration.ofHours(1));
	}

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
		this.engine.close();
		this.server.close();
	}

	@Test
	void whenHeldForSeveralLeasesThenRenewedAndInTheEndReleased() throws Exception {
		Lease lease = this.engine.acquire(renewed());
		Awaitility.await().during(LEASE.multipliedBy(3)).until(() -> lease.isHeld() && this.redis.hasKey(LOCK));
		lease.close();
		assertThat(this.redis.hasKey(LOCK)).isFalse();
		long renewals = TestRedis.calls(this.redis, "evalsha");
		Awaitility.await()
			.during(LEASE)
			.until(() -> TestRedis.calls(this.redis, "evalsha") == renewals && !this.redis.hasKey(LOCK));
	}

	@Test
	void whenTheScriptsAreFlushedThenEachOfManyIsRenewed() throws Exception {
		List<Lease> leases = this.engine.acquireAll(IntStream.range(0, 20).mapToObj((i) -> renewed("k" + i)).toList());
		Awaitility.await().during(LEASE.multipliedBy(2)).until(() -> {
			this.redis.execute((RedisCallback<Object>) (connection) -> {
				connection.scriptingCommands().scriptFlush();
				return null;
			});
			return leases.stream().allMatch(Lease::isHeld);
		});
		leases.forEach(Lease::close);
	}

	@Test
	@DisabledOnOs(value = OS.WINDOWS, disabledReason = "freezes a process by a signal")
	void whenRedisStandsStillForMostOfTheLeaseThenWarnedOnceAndNotLost() throws Exception {
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.start();
		Logger logger = (Logger) LoggerFactory.getLogger(LockNotices.class);
		logger.setLevel(Level.WARN);
		logger.setAdditive(false);
		logger.addAppender(log);
		long pid = this.server.pid();
		try {
			Lease lease = this.engine.acquire(renewed().expire(Duration.ofSeconds(6)));
			Signals.freeze(pid);
			Awaitility.await().until(() -> !log.list.isEmpty());
			assertThat(lease.remaining()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(2));
			Signals.thaw(pid);
			Awaitility.await().until(() -> lease.remaining().compareTo(Duration.ofSeconds(5)) > 0);
			assertThat(log.list).singleElement()
				.satisfies((event) -> assertThat(event.getFormattedMessage()).contains("may be lost soon"));
			lease.close();
		}
		finally {
			Signals.thaw(pid);
			logger.detachAppender(log);
			logger.setLevel(null);
			logger.setAdditive(true);
		}
	}

	@Test
	void whenMaxHoldIsReachedThenLostAtTheEndOfIt() throws Exception {
		LockEngine brief = engine(Duration.ofSeconds(4));
		long start = System.nanoTime();
		Lease lease = brief.acquire(renewed());
		CountDownLatch told = new CountDownLatch(1);
		lease.onLost(told::countDown);
		assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(3800));
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::close);
		brief.close();
	}

	@Test
	void whenNobodyCanReachALeaseOfNoThreadThenItRunsOut() throws Exception {
		this.engine.acquireAsync(renewed()).toCompletableFuture().join();
		assertThat(this.redis.hasKey(LOCK)).isTrue();
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
			System.gc();
			return !this.redis.hasKey(LOCK);
		});
		this.engine.acquire(renewed()).close();
	}

	@Test
	void whenSomebodyCanReachALeaseOfNoThreadThenItLives() throws Exception {
		Lease lease = this.engine.acquireAsync(renewed()).toCompletableFuture().join();
		Awaitility.await().during(LEASE.multipliedBy(2)).until(() -> {
			System.gc();
			return this.redis.hasKey(LOCK);
		});
		lease.close();
		assertThat(this.redis.hasKey(LOCK)).isFalse();
	}

	@Test
	void whenRenewedByHandThenLongerAndNeverShorter() throws Exception {
		Lease lease = this.engine.acquire(LockSpec.of("k").expire(Duration.ofSeconds(20)));
		lease.renew(Duration.ofSeconds(40));
		assertThat(lease.remaining()).isGreaterThan(Duration.ofSeconds(30));
		assertThat(this.redis.getExpire(LOCK)).isGreaterThan(30);
		lease.renew(Duration.ofMillis(1));
		assertThat(lease.remaining()).isGreaterThan(Duration.ofSeconds(30));
		assertThat(this.redis.getExpire(LOCK)).isGreaterThan(30);
		assertThatIllegalArgumentException().isThrownBy(() -> lease.renew(Duration.ZERO));
		assertThatIllegalArgumentException().isThrownBy(() -> lease.renew(LockSpec.MAX_DURATION.plusMillis(1)));
		lease.close();
		assertThatIllegalStateException().isThrownBy(() -> lease.renew(Duration.ofSeconds(1)));
	}

	@Test
	void whenRedisIsDownThenARenewalByHandFailsAndTheLeaseKeepsItsEnd() throws Exception {
		Lease lease = this.engine.acquire(LockSpec.of("k").expire(Duration.ofSeconds(60)));
		this.server.close();
		assertThatExceptionOfType(LockStoreException.class).isThrownBy(() -> lease.renew(Duration.ofSeconds(90)));
		assertThat(lease.isHeld()).isTrue();
		assertThat(lease.remaining()).isLessThanOrEqualTo(Duration.ofSeconds(60));
	}

	private LockEngine engine(Duration maxHold) {
		return new LockEngine(TestEngines.store(this.driver.connect(this.server.port(), Duration.ofMillis(600))),
				new LockEngineSettings("test", Duration.ofSeconds(30), Duration.ofSeconds(3), maxHold,
						Duration.ofMillis(100), TestEngines.LOCAL_HANDOVER));
	}

	private static LockSpec renewed() {
		return renewed("k");
	}

	private static LockSpec renewed(String key) {
		return LockSpec.of(key).expire(LEASE).renew(Renewal.ALWAYS).timeout(Duration.ofSeconds(5));
	}

}
