/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.store.AcquireAnswer;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.api.AfterEach;

import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Processes that contend for one key through the scripts, with nothing in between. After
 * each test every Redis key must have a time to live.
 */
abstract class AbstractQueueTests {

	private static final Map<Driver, RedisConnectionFactory> CONNECTIONS = new EnumMap<>(Driver.class);

	private static final StringRedisTemplate REDIS = TestRedis.shared().template();

	final StringRedisTemplate redis = REDIS;

	final String key = "order:" + UUID.randomUUID();

	final String lock = "redis-lock:{" + this.key + "}";

	final String queue = this.lock + ":queue";

	final String state = this.lock + ":fence";

	private final Driver driver;

	private final List<QueueProcess> processes = new ArrayList<>();

	AbstractQueueTests(Driver driver) {
		this.driver = driver;
	}

	@AfterEach
	void whenAnythingHappenedThenEveryRedisKeyHasATimeToLive() {
		this.processes.forEach(QueueProcess::close);
		assertEveryKeyHasATimeToLive(this.redis, this.lock);
	}

	static void assertEveryKeyHasATimeToLive(StringRedisTemplate redis, String lock) {
		assertThat(redis.keys(lock + "*")).allSatisfy((name) -> assertThat(redis.getExpire(name)).isNotEqualTo(-1));
	}

	/** A process that no wake-up reaches. */
	QueueProcess deaf(String name) {
		return deaf(name, Duration.ofMinutes(10));
	}

	QueueProcess deaf(String name, Duration retention) {
		QueueProcess process = new QueueProcess(connections(), name + ":" + UUID.randomUUID(), this.key, retention);
		this.processes.add(process);
		return process;
	}

	/** A process that is subscribed to its wake-ups. */
	QueueProcess listening(String name) {
		return deaf(name).listening(this.redis);
	}

	RedisConnectionFactory connections() {
		return CONNECTIONS.computeIfAbsent(this.driver, TestRedis.shared()::connect);
	}

	String holder() {
		return this.redis.opsForValue().get(this.lock);
	}

	void assertHolder(OwnerToken token) {
		assertThat(holder()).isEqualTo(token.toString());
	}

	void assertHeldBy(AcquireAnswer answer, OwnerToken token) {
		assertThat(answer).isInstanceOf(AcquireAnswer.Held.class);
		assertThat(((AcquireAnswer.Held) answer).holder()).isEqualTo(token.toString());
	}

	/** The waiters in their order. */
	List<String> waiters() {
		return List.copyOf(this.redis.opsForZSet().range(this.queue, 0, -1));
	}

	Duration remaining(String name) {
		return Duration.ofMillis(this.redis.getExpire(name, TimeUnit.MILLISECONDS));
	}

}
