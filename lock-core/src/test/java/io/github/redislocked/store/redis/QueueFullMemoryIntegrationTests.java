/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;
import java.util.concurrent.CompletionException;

import io.github.redislocked.LockStoreException;
import io.github.redislocked.store.AcquireAnswer;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.ReleaseAnswer;
import io.github.redislocked.store.RenewAnswer;
import io.github.redislocked.store.YieldAnswer;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.RedisSystemException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The scripts on a Redis whose memory is full.
 */
class QueueFullMemoryIntegrationTests {

	private static final String LOCK = "redis-lock:{k}";

	private static TestRedis server;

	private static StringRedisTemplate redis;

	private static RedisConnectionFactory connections;

	private final QueueProcess process = new QueueProcess(connections, "a:1", "k");

	private final OwnerToken token = this.process.next();

	private final QueueProcess next = new QueueProcess(connections, "b:1", "k");

	private final OwnerToken waiter = this.next.next();

	@BeforeAll
	static void start() {
		server = TestRedis.start("maxmemory-policy noeviction");
		redis = server.template();
		connections = server.connect(Driver.LETTUCE);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@AfterEach
	void empty() {
		AbstractQueueTests.assertEveryKeyHasATimeToLive(redis, LOCK);
		this.next.close();
		maxMemory("0");
		redis.execute((RedisConnection connection) -> {
			connection.serverCommands().flushAll();
			return null;
		});
	}

	@Test
	void whenTheMemoryIsFullThenNothingIsTakenByHalves() {
		fill();
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> this.process.queue(this.token))
			.havingCause()
			.isInstanceOfSatisfying(LockStoreException.class, (ex) -> assertThat(ex.isTransient()).isFalse())
			.withMessageContaining("memory is full");
		assertThat(redis.keys("redis-lock:*")).isEmpty();
	}

	@Test
	void whenTheMemoryIsFullThenALockIsRenewedAndReleased() {
		this.process.granted(this.token);
		fill();
		assertThat(this.process.renew(this.token, Duration.ofMinutes(2))).isEqualTo(RenewAnswer.RENEWED);
		assertThat(redis.getExpire(LOCK)).isGreaterThan(100);
		this.process.granted(this.token);
		assertThat(this.process.release(this.token)).isEqualTo(ReleaseAnswer.RELEASED);
		assertThat(redis.hasKey(LOCK)).isFalse();
		assertThat(this.process.release(this.token)).isEqualTo(ReleaseAnswer.ALREADY_CLOSED);
	}

	@Test
	void whenTheMemoryIsFullThenALockIsHandedOverAndCancelled() {
		this.process.granted(this.token);
		this.next.listening(redis);
		this.next.queue(this.waiter);
		fill();
		assertThat(this.process.cancel(this.token)).isEqualTo(ReleaseAnswer.RELEASED);
		assertThat(this.next.wakeUp().token()).isEqualTo(this.waiter);
		assertThat(redis.opsForValue().get(LOCK)).isEqualTo(this.waiter.toString());
		assertThat(this.next.cancel(this.waiter)).isEqualTo(ReleaseAnswer.RELEASED);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenTheMemoryIsFullThenALockIsYielded(boolean ahead) {
		this.process.granted(this.token);
		this.next.listening(redis);
		this.next.queue(this.waiter);
		fill();
		OwnerToken second = this.process.next();
		YieldAnswer answer = this.process.yield(this.token, second, ahead);
		assertThat(answer.released()).isEqualTo(ReleaseAnswer.RELEASED);
		assertThat(redis.opsForValue().get(LOCK)).isEqualTo((ahead ? second : this.waiter).toString());
		assertThat(this.process.cancel(second)).isEqualTo(ahead ? ReleaseAnswer.RELEASED : ReleaseAnswer.NOT_OWNED);
		assertThat(this.next.wakeUp().token()).isEqualTo(this.waiter);
		assertThat(this.next.cancel(this.waiter)).isEqualTo(ReleaseAnswer.RELEASED);
	}

	@Test
	void whenTheMemoryIsFullThenACallerWaitsWithoutAPlace() {
		this.process.granted(this.token);
		fill();
		assertThat(this.next.queue(this.waiter)).isInstanceOf(AcquireAnswer.Held.class);
		assertThat(redis.hasKey(LOCK + ":queue")).isFalse();
		assertThat(this.next.acquire(this.waiter)).isInstanceOf(AcquireAnswer.Held.class);
		assertThat(this.next.cancel(this.waiter)).isEqualTo(ReleaseAnswer.NOT_OWNED);
	}

	@Test
	void whenTheMemoryIsFullThenALossIsTold() {
		fill();
		assertThat(this.process.release(this.token)).isEqualTo(ReleaseAnswer.NOT_OWNED);
		assertThat(this.next.cancel(this.waiter)).isEqualTo(ReleaseAnswer.NOT_OWNED);
	}

	private void fill() {
		maxMemory("1");
		assertThatExceptionOfType(RedisSystemException.class).isThrownBy(() -> redis.opsForValue().set("x", "y"))
			.withStackTraceContaining("OOM");
	}

	private static void maxMemory(String bytes) {
		redis.execute((RedisConnection connection) -> {
			connection.serverCommands().setConfig("maxmemory", bytes);
			return null;
		});
	}

}
