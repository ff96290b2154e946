/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.LockStoreException;
import io.github.redislocked.store.AcquireAnswer;
import io.github.redislocked.store.AcquireRequest;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.ReleaseAnswer;
import io.github.redislocked.store.RenewAnswer;
import io.github.redislocked.testing.Driver;
import io.github.redislocked.testing.RestrictedUser;
import io.github.redislocked.testing.TestRedis;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * A getset store on the shared Redis, one key that no other test uses, and a look at what
 * lies in Redis.
 */
final class GetSetFixture implements AutoCloseable {

	static final Duration RETENTION = Duration.ofMinutes(10);

	static final OwnerToken ALICE = new OwnerToken("alice:00112233445566778899aabbccddeeff", 1);

	static final OwnerToken BOB = new OwnerToken("bob:ffeeddccbbaa99887766554433221100", 1);

	final String key = "order:" + UUID.randomUUID();

	final String companion = "redis-lock-owner:{" + this.key + "}";

	final RedisConnectionFactory connections;

	final StringRedisTemplate redis;

	final GetSetLockStore store;

	GetSetFixture(Driver driver) {
		this(driver, TestRedis.shared());
	}

	GetSetFixture(Driver driver, TestRedis server) {
		this.connections = driver.connect(RestrictedUser.configurationForGetSet(server.port()), Duration.ofSeconds(10));
		this.redis = server.template();
		this.store = new GetSetLockStore(this.connections, "", RETENTION);
	}

	AcquireAnswer acquire(OwnerToken token, Duration expire) {
		return get(this.store.acquire(new AcquireRequest(this.key, token, expire, Duration.ofMinutes(1), 0)));
	}

	/**
	 * Attempts to acquire, without waiting for another attempt.
	 */
	AcquireAnswer acquireAtOnce(OwnerToken token) {
		return get(this.store.acquire(new AcquireRequest(this.key, token, Duration.ofSeconds(10), Duration.ZERO, 0)));
	}

	AcquireAnswer.Granted granted(OwnerToken token, Duration expire) {
		AcquireAnswer answer = acquire(token, expire);
		assertThat(answer).isInstanceOf(AcquireAnswer.Granted.class);
		return (AcquireAnswer.Granted) answer;
	}

	AcquireAnswer.Held held(OwnerToken token) {
		AcquireAnswer answer = acquire(token, Duration.ofSeconds(10));
		assertThat(answer).isInstanceOf(AcquireAnswer.Held.class);
		return (AcquireAnswer.Held) answer;
	}

	RenewAnswer renew(OwnerToken token, Duration expire) {
		return get(this.store.renew(this.key, token, expire));
	}

	ReleaseAnswer release(OwnerToken token) {
		return get(this.store.release(this.key, token));
	}

	ReleaseAnswer cancel(OwnerToken token) {
		return get(this.store.cancel(this.key, token));
	}

	/**
	 * Attempts to acquire, which has to fail.
	 */
	static LockStoreException failure(CompletionStage<?> stage) {
		assertThat(stage).isCompletedExceptionally();
		CompletionException ex = catchThrowableOfType(CompletionException.class,
				() -> stage.toCompletableFuture().join());
		assertThat(ex).cause().isInstanceOf(LockStoreException.class);
		return (LockStoreException) ex.getCause();
	}

	static OwnerToken next(OwnerToken token) {
		return new OwnerToken(token.process(), token.sequence() + 1);
	}

	@Nullable String value() {
		return this.redis.opsForValue().get(this.key);
	}

	void value(Object value) {
		this.redis.opsForValue().set(this.key, value.toString());
	}

	/**
	 * Moves the lock into the past, as if the given token's lease had ended that long
	 * ago.
	 */
	void age(long secondsAgo) {
		String past = Long.toString(seconds() - secondsAgo);
		value(past);
		this.redis.opsForHash().put(this.companion, "value", past);
	}

	/**
	 * Reads the server's clock.
	 */
	long micros() {
		Long time = this.redis
			.execute((RedisConnection connection) -> connection.serverCommands().time(TimeUnit.MICROSECONDS));
		assertThat(time).isNotNull();
		return time;
	}

	long seconds() {
		return micros() / 1_000_000;
	}

	/**
	 * Waits until a second of the server's clock has just begun, so that what follows
	 * happens within it.
	 */
	long freshSecond() {
		await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).until(() -> micros() % 1_000_000 < 200_000);
		return seconds();
	}

	static <T> T get(CompletionStage<T> stage) {
		assertThat(stage.toCompletableFuture()).as("a blocking store answers with complete stages").isDone();
		return stage.toCompletableFuture().join();
	}

	@Override
	public void close() {
		close(this.connections);
	}

	static void close(RedisConnectionFactory connections) {
		try {
			((DisposableBean) connections).destroy();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
