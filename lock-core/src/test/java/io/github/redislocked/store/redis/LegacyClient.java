/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * A client of the older algorithm, as it is: raw commands, whole seconds of its own
 * clock, a new attempt every 100 ms. Its steps are open to tests, so that they can come
 * between them.
 */
final class LegacyClient {

	/**
	 * How a client reads a value that equals its clock.
	 */
	enum Reading {

		/** As expired: it takes such a lock. */
		LAX,

		/** As held: it still believes in such a lock of its own. */
		STRICT

	}

	private final StringRedisTemplate redis;

	private final Reading reading;

	private final long skewSeconds;

	LegacyClient(StringRedisTemplate redis, Reading reading) {
		this(redis, reading, 0);
	}

	LegacyClient(StringRedisTemplate redis, Reading reading, long skewSeconds) {
		this.redis = redis;
		this.reading = reading;
		this.skewSeconds = skewSeconds;
	}

	boolean acquire(String key, long expireSeconds, Duration timeout) {
		long start = System.nanoTime();
		while (!attempt(key, expireSeconds)) {
			if (System.nanoTime() - start >= timeout.toNanos()) {
				return false;
			}
			LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
		}
		return true;
	}

	boolean attempt(String key, long expireSeconds) {
		return setnx(key, expireSeconds) || (isExpired(get(key)) && isExpired(getset(key, expireSeconds)));
	}

	boolean setnx(String key, long expireSeconds) {
		return Boolean.TRUE.equals(this.redis.opsForValue().setIfAbsent(key, expiry(expireSeconds)));
	}

	@Nullable String get(String key) {
		return this.redis.opsForValue().get(key);
	}

	@Nullable String getset(String key, long expireSeconds) {
		return this.redis.opsForValue().getAndSet(key, expiry(expireSeconds));
	}

	void release(String key) {
		this.redis.delete(key);
	}

	boolean isExpired(@Nullable String value) {
		long expiry = (value != null) ? Long.parseLong(value) : 0;
		return (this.reading == Reading.LAX) ? expiry <= now() : expiry < now();
	}

	/**
	 * Reads its own clock, not the server's.
	 */
	long now() {
		return Math.floorDiv(System.currentTimeMillis(), 1000) + this.skewSeconds;
	}

	private String expiry(long expireSeconds) {
		return Long.toString(now() + expireSeconds);
	}

}
