/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

import io.github.redislocked.LockStoreException;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.ReleaseAnswer;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.TestRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The scripts on a Redis that forbids some of what they do.
 */
class QueueForbiddenCommandsIntegrationTests {

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
		server = TestRedis.start();
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
		redis.execute((RedisConnection connection) -> {
			connection.serverCommands().flushAll();
			return null;
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenTheFencingTokenCannotBeNotedThenNobodyOwnsTheLock(boolean free) {
		long former = this.process.granted(this.token);
		if (free) {
			this.process.release(this.token);
		}
		this.next.queue(this.waiter);
		rights("-hset");
		try {
			this.process.release(this.token);
			this.next.queue(this.waiter);
		}
		catch (CompletionException ex) {
			assertThat(ex).hasCauseInstanceOf(LockStoreException.class);
		}
		finally {
			rights("+hset");
		}
		assertThat(this.next.granted(this.waiter)).isGreaterThan(former);
	}

	@Test
	void whenAWaiterGotNoPlaceThenNothingOfItIsLeft() {
		this.process.granted(this.token);
		rights("-zadd");
		try {
			this.next.queue(this.waiter);
		}
		finally {
			rights("+zadd");
		}
		this.process.release(this.token);
		this.next.granted(this.waiter);
		this.next.release(this.waiter);
		assertThat(redis.opsForHash().keys(LOCK + ":fence")).noneMatch((field) -> field.toString().startsWith("wait:"));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@DisabledIfSystemProperty(named = "redis.user", matches = "restricted",
			disabledReason = "is about what another user may do")
	void whenNoTimeToLiveCanBeGivenThenNoKeyIsLeft(boolean free) {
		if (!free) {
			redis.opsForValue().set(LOCK, this.waiter.toString(), Duration.ofMinutes(1));
		}
		rights("-pexpire");
		try {
			assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> this.process.acquire(this.token))
				.havingCause()
				.isInstanceOf(LockStoreException.class)
				.withMessageContaining("lacks a right");
		}
		finally {
			rights("+pexpire");
		}
		assertThat(redis.hasKey(LOCK + ":fence")).isFalse();
	}

	@Test
	void whenPublishIsForbiddenThenHandedOverWithoutAMessage() {
		QueueProcess restricted = restricted("-publish", "-pubsub");
		OwnerToken held = restricted.token(1);
		restricted.granted(held);
		this.next.listening(redis);
		this.next.queue(this.waiter);
		assertThat(restricted.release(held)).isEqualTo(ReleaseAnswer.RELEASED);
		assertThat(redis.opsForValue().get(LOCK)).isEqualTo(this.waiter.toString());
		QueueProcess.granted(this.next.queue(this.waiter));
		assertThat(this.next.hasWakeUp()).isFalse();
		assertThat(this.next.release(this.waiter)).isEqualTo(ReleaseAnswer.RELEASED);
	}

	@Test
	void whenTheChannelIsForbiddenThenHandedOverWithoutAMessage() {
		QueueProcess restricted = restricted("resetchannels");
		OwnerToken held = restricted.token(1);
		restricted.granted(held);
		this.next.listening(redis);
		this.next.queue(this.waiter);
		assertThat(restricted.release(held)).isEqualTo(ReleaseAnswer.RELEASED);
		assertThat(redis.opsForValue().get(LOCK)).isEqualTo(this.waiter.toString());
		assertThat(this.next.release(this.waiter)).isEqualTo(ReleaseAnswer.RELEASED);
	}

	@Test
	void whenTheKeysAreForbiddenThenRefusedAtOnce() {
		QueueProcess restricted = restricted("resetkeys");
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> restricted.queue(restricted.token(1)))
			.havingCause()
			.isInstanceOfSatisfying(LockStoreException.class, (ex) -> assertThat(ex.isTransient()).isFalse());
	}

	private QueueProcess restricted(String... rules) {
		List<String> command = new ArrayList<>(
				List.of("SETUSER", "limited", "reset", "on", ">secret", "~*", "&*", "+@all"));
		command.addAll(List.of(rules));
		redis.execute((RedisConnection connection) -> connection.execute("ACL",
				command.stream().map(String::getBytes).toArray(byte[][]::new)));
		RedisStandaloneConfiguration configuration = new RedisStandaloneConfiguration("127.0.0.1", server.port());
		configuration.setUsername("limited");
		configuration.setPassword("secret");
		LettuceConnectionFactory limited = new LettuceConnectionFactory(configuration);
		limited.afterPropertiesSet();
		limited.start();
		return new QueueProcess(limited, "limited:1", "k");
	}

	private static void rights(String rule) {
		redis.execute((RedisConnection connection) -> connection.execute("ACL", "SETUSER".getBytes(),
				"default".getBytes(), rule.getBytes()));
	}

}
