/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.Lease;
import io.github.redislocked.LockSpec;
import io.github.redislocked.inspection.LockInspector;
import io.github.redislocked.inspection.LockSnapshot;
import io.github.redislocked.inspection.QueuedSnapshot;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.ZSetOperations.TypedTuple;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The queue of one lock, as an operator sees it through either driver.
 */
class InspectedQueueIntegrationTests {

	private static final List<String> LABELS = List.of("zoe", "adam", "mia");

	private final StringRedisTemplate redis = TestRedis.shared().template();

	private final String key = "order:" + UUID.randomUUID();

	private final String queue = "redis-lock:{" + this.key + "}:queue";

	@ParameterizedTest
	@EnumSource(Driver.class)
	void whenSeveralInstancesWaitThenTheyAreShownInTheirOrderAndTheirTimesGrow(Driver driver) throws Exception {
		try (TestEngines engines = new TestEngines(TestRedis.shared(), driver)) {
			LockEngine holder = engines.start(labelled("holder"));
			LockInspector inspector = new EngineInspector(holder);
			Lease held = holder.acquire(spec());
			List<CompletableFuture<Lease>> waiting = new ArrayList<>();
			for (String label : LABELS) {
				waiting.add(engines.start(labelled(label)).acquireAsync(spec()).toCompletableFuture());
				TestRedis.awaitWaiters(this.redis, this.key, waiting.size());
			}
			List<QueuedSnapshot> before = inspector.inspect(this.key).queue();
			List<QueuedSnapshot> after = inspector.inspect(this.key).queue();
			long now = serverMicros();
			assertThat(before).extracting(QueuedSnapshot::instance).containsExactlyElementsOf(LABELS);
			assertThat(before).extracting(QueuedSnapshot::since).containsExactlyElementsOf(arrivals());
			assertThat(before).isSortedAccordingTo((one, other) -> other.waited().compareTo(one.waited()));
			for (int i = 0; i < LABELS.size(); i++) {
				QueuedSnapshot waiter = after.get(i);
				assertThat(waiter.ownerToken()).isEqualTo(before.get(i).ownerToken());
				assertThat(waiter.waited()).isGreaterThan(before.get(i).waited())
					.isLessThanOrEqualTo(Duration.between(waiter.since(), micros(now)));
			}
			held.close();
			for (int i = 0; i < LABELS.size(); i++) {
				Lease lease = waiting.get(i).get();
				LockSnapshot lock = inspector.inspect(this.key);
				assertThat(lock.ownerToken()).isEqualTo(lease.ownerToken());
				assertThat(lock.queue()).extracting(QueuedSnapshot::instance)
					.containsExactlyElementsOf(LABELS.subList(i + 1, LABELS.size()));
				lease.close();
			}
		}
	}

	private List<Instant> arrivals() {
		return this.redis.opsForZSet()
			.rangeWithScores(this.queue, 0, -1)
			.stream()
			.map(TypedTuple::getScore)
			.map((score) -> micros(score.longValue()))
			.toList();
	}

	private long serverMicros() {
		return this.redis
			.execute((RedisConnection connection) -> connection.serverCommands().time(TimeUnit.MICROSECONDS));
	}

	private static Instant micros(long micros) {
		return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
	}

	private static LockEngineSettings labelled(String label) {
		LockEngineSettings settings = TestEngines.SETTINGS;
		return new LockEngineSettings(label, settings.expire(), settings.timeout(), settings.maxHold(),
				settings.shutdownGrace(), settings.localHandover());
	}

	private LockSpec spec() {
		return LockSpec.of(this.key).timeout(Duration.ofSeconds(30));
	}

}
