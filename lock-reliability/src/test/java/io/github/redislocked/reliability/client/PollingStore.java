/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.github.redislocked.LockStoreException;
import io.github.redislocked.store.AcquireAnswer;
import io.github.redislocked.store.AcquireRequest;
import io.github.redislocked.store.LockStore;
import io.github.redislocked.store.OwnerToken;
import io.github.redislocked.store.ReleaseAnswer;
import io.github.redislocked.store.RenewAnswer;
import io.github.redislocked.store.WakeUpListener;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * A plain lock without wake-ups, which is right on its own: what canaries have in common.
 */
abstract class PollingStore implements LockStore {

	private static final RedisScript<Long> ACQUIRE = RedisScript.of("""
			local holder = redis.call('GET', KEYS[1])
			if holder ~= ARGV[1] then
			  if holder then
			    return 0
			  end
			  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
			end
			local clock = redis.call('TIME')
			return clock[1] * 1000000 + clock[2]""", Long.class);

	private static final RedisScript<Long> RENEW = RedisScript.of("""
			return redis.call('GET', KEYS[1]) == ARGV[1] and redis.call('PEXPIRE', KEYS[1], ARGV[2]) or 0""",
			Long.class);

	private static final RedisScript<Long> DELETE = RedisScript
		.of("return redis.call('GET', KEYS[1]) == ARGV[1] and redis.call('DEL', KEYS[1]) or 0", Long.class);

	private final StringRedisTemplate redis;

	PollingStore(StringRedisTemplate redis) {
		this.redis = redis;
	}

	final StringRedisTemplate redis() {
		return this.redis;
	}

	static String lock(String key) {
		return "redis-lock:{" + key + "}";
	}

	static String millis(Duration duration) {
		return Long.toString(duration.toMillis());
	}

	final long number(RedisScript<Long> script, List<String> keys, Object... args) {
		Long number = this.redis.execute(script, keys, args);
		if (number == null) {
			throw new IllegalStateException("A script has answered nothing");
		}
		return number;
	}

	/**
	 * Tries to take the lock.
	 * @param request who wants it
	 * @return a fencing token, or zero
	 */
	long attempt(AcquireRequest request) {
		return number(ACQUIRE, List.of(lock(request.key())), request.token().toString(), millis(request.expire()));
	}

	/**
	 * Gives up what the token has.
	 * @param key the key
	 * @param token the owner token
	 * @return whether it had the lock
	 */
	boolean delete(String key, OwnerToken token) {
		return number(DELETE, List.of(lock(key)), token.toString()) == 1;
	}

	/**
	 * Ends an attempt.
	 * @param key the key
	 * @param token the owner token
	 * @return whether it had the lock
	 */
	boolean giveUp(String key, OwnerToken token) {
		return delete(key, token);
	}

	@Override
	public CompletionStage<AcquireAnswer> acquire(AcquireRequest request) {
		return ask(request.key(), () -> {
			long fence = attempt(request);
			return (fence != 0) ? new AcquireAnswer.Granted(fence, request.expire(), 0) : held();
		});
	}

	@Override
	public CompletionStage<RenewAnswer> renew(String key, OwnerToken token, Duration expire) {
		return ask(key, () -> (number(RENEW, List.of(lock(key)), token.toString(), millis(expire)) == 1)
				? RenewAnswer.RENEWED : RenewAnswer.NOT_OWNED);
	}

	@Override
	public CompletionStage<ReleaseAnswer> release(String key, OwnerToken token) {
		return ask(key, () -> delete(key, token) ? ReleaseAnswer.RELEASED : ReleaseAnswer.NOT_OWNED);
	}

	@Override
	public CompletionStage<ReleaseAnswer> cancel(String key, OwnerToken token) {
		return ask(key, () -> giveUp(key, token) ? ReleaseAnswer.RELEASED : ReleaseAnswer.NOT_OWNED);
	}

	@Override
	public void onWakeUp(WakeUpListener listener) {
		// It sends none.
	}

	@Override
	public void close() {
		// It has nothing of its own.
	}

	private AcquireAnswer held() {
		return new AcquireAnswer.Held((@Nullable String) null, Duration.ofMillis(4), 0);
	}

	private static <T> CompletionStage<T> ask(String key, Supplier<T> question) {
		try {
			return CompletableFuture.completedFuture(question.get());
		}
		catch (DataAccessException ex) {
			return CompletableFuture.failedFuture(new LockStoreException(key, "Redis has failed", true, ex));
		}
	}

}
