/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServerReport} and {@link ClockDifference}, with servers that cannot be
 * had for a test.
 */
class ServerReportTests {

	@ParameterizedTest
	@ValueSource(strings = { "5.0.14", "6.0.16", "6.1.240", "2.8.19", "4.0" })
	void whenTheServerIsTooOldThenThatIsFound(String version) {
		assertThat(report("redis_version", version)).extracting(RedisFinding::toString)
			.containsExactly("Redis runs version " + version
					+ ", older than the oldest that locks are tested on. Update it to 6.2 or later.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "6.2.0", "6.10.1", "7.0.15", "8.0.2", "10.0.0", "255.255.255", "unknown", "" })
	void whenTheServerIsNewEnoughOrSaysNothingThenNothingIsFound(String version) {
		assertThat(report("redis_version", version)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "allkeys-lru", "volatile-ttl", "allkeys-random" })
	void whenTheServerEvictsThenThatIsFound(String policy) {
		assertThat(report("maxmemory_policy", policy)).singleElement()
			.extracting(RedisFinding::problem)
			.asString()
			.contains("maxmemory-policy " + policy);
	}

	@Test
	void whenTheServerSaysNothingThenNothingIsFound() {
		assertThat(new ServerReport("Redis", new Properties()).findings()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "-1002, at least 1001 ms behind", "-60000, at least 59999 ms behind",
			"1101, at least 1001 ms ahead of", "61000, at least 60900 ms ahead of" })
	void whenTheClockIsFarAwayThenThatIsFound(long difference, String words) {
		assertThat(clock(difference)).singleElement()
			.extracting(RedisFinding::problem)
			.asString()
			.startsWith("The clock of Redis is " + words + " this machine's");
	}

	@ParameterizedTest
	@ValueSource(longs = { -1001, -500, 0, 50, 100, 1100 })
	void whenTheRoundTripMayExplainItThenNothingIsFound(long difference) {
		assertThat(clock(difference)).isEmpty();
	}

	// A round trip of 100 ms; the difference is from the moment before it.
	private static List<RedisFinding> clock(long difference) {
		AtomicLong now = new AtomicLong(1_000_000);
		return ClockDifference.findings("Redis", () -> now.getAndAdd(100), () -> 1_000_000 + difference);
	}

	private static List<RedisFinding> report(String name, String value) {
		Properties info = new Properties();
		info.setProperty(name, value);
		return new ServerReport("Redis", info).findings();
	}

}
