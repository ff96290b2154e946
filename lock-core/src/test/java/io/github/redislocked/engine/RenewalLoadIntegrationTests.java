/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.Renewal;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many leases, and how soon a loss is told. What it measures it prints; with
 * {@code -Dredislocked.measure=true} it measures more.
 */
class RenewalLoadIntegrationTests {

	private static final int LEASES = 10_000;

	private static final int TRIALS = 200;

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenTenThousandLeasesAreDueThenAtMostOneCommandEach(Driver driver) throws Exception {
		try (TestRedis server = TestRedis.start(); TestEngines engines = new TestEngines(server, driver)) {
			LockEngine engine = engines.start();
			StringRedisTemplate redis = server.template();
			List<Lease> leases = new ArrayList<>();
			AtomicInteger lost = new AtomicInteger();
			engine.acquire(LockSpec.of("first")).close();
			TestRedis.resetStatistics(redis);
			long start = System.nanoTime();
			for (int i = 0; i < LEASES; i++) {
				Lease lease = engine.acquire(LockSpec.of("k" + i));
				lease.onLost(lost::incrementAndGet);
				leases.add(lease);
			}
			report("%s: %d leases acquired in".formatted(driver, LEASES), System.nanoTime() - start);
			// They are due ten seconds after they were acquired.
			CompletableFuture<Long> first = new CompletableFuture<>();
			Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20)).until(() -> {
				long calls = TestRedis.calls(redis, "evalsha");
				if (calls > LEASES) {
					first.complete(System.nanoTime());
				}
				return calls >= 2 * LEASES || lost.get() > 0;
			});
			report("%s: %d leases renewed in".formatted(driver, LEASES), System.nanoTime() - first.join());
			// One each to acquire and to renew, and once a batch that finds the script
			// unknown.
			assertThat(TestRedis.calls(redis, "evalsha") + TestRedis.calls(redis, "eval"))
				.isLessThanOrEqualTo(2 * LEASES + 500);
			assertThat(lost).hasValue(0);
			// Redis has renewed them all; the last answers may be on their way. What is
			// renewed in time never has less than two thirds left.
			Awaitility.await()
				.until(() -> leases.stream()
					.allMatch((lease) -> lease.remaining().compareTo(Duration.ofSeconds(15)) > 0));
			assertThat(leases).allMatch(Lease::isHeld);
			redis.execute((RedisCallback<Object>) (connection) -> {
				connection.serverCommands().flushAll();
				return null;
			});
		}
	}

	@Test
	@EnabledIfSystemProperty(named = "redislocked.measure", matches = "true")
	void howSoonALossIsTold() throws Exception {
		StringRedisTemplate redis = TestRedis.shared().template();
		try (TestEngines engines = new TestEngines(TestRedis.shared(), Driver.LETTUCE)) {
			LockEngine engine = engines.start();
			String prefix = "measured:" + UUID.randomUUID() + ":";
			List<CompletableFuture<Long>> told = new ArrayList<>();
			List<Long> deleted = new ArrayList<>();
			for (int i = 0; i < TRIALS; i++) {
				Lease lease = engine
					.acquire(LockSpec.of(prefix + i).expire(Duration.ofSeconds(3)).renew(Renewal.ALWAYS));
				CompletableFuture<Long> at = new CompletableFuture<>();
				lease.onLost(() -> at.complete(System.nanoTime()));
				told.add(at);
			}
			// One every 17 ms, so that they fall everywhere between two renewals.
			CompletableFuture<Void> pace = new CompletableFuture<>();
			for (int i = 0; i < TRIALS; i++) {
				pace.completeOnTimeout(null, 17, TimeUnit.MILLISECONDS).join();
				pace = new CompletableFuture<>();
				deleted.add(System.nanoTime());
				redis.delete("redis-lock:{" + prefix + i + "}");
			}
			long[] millis = new long[TRIALS];
			for (int i = 0; i < TRIALS; i++) {
				millis[i] = TimeUnit.NANOSECONDS.toMillis(told.get(i).get(10, TimeUnit.SECONDS) - deleted.get(i));
			}
			Arrays.sort(millis);
			LongSummaryStatistics all = Arrays.stream(millis).summaryStatistics();
			System.out.printf(
					"[measured] lock deleted by hand, lease of 3 s: told after min %d, p25 %d, median %d, p75 %d, p90 %d, p99 %d, max %d ms, mean %.0f ms (%d trials)%n",
					all.getMin(), millis[TRIALS / 4], millis[TRIALS / 2], millis[TRIALS * 3 / 4],
					millis[TRIALS * 9 / 10], millis[TRIALS * 99 / 100], all.getMax(), all.getAverage(), TRIALS);
		}
	}

	private static void report(String what, long nanos) {
		System.out.printf("[measured] %s %d ms%n", what, TimeUnit.NANOSECONDS.toMillis(nanos));
	}

}
