/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.client;

import io.github.redislocked.store.AcquireRequest;
import io.github.redislocked.store.OwnerToken;

import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.ValueOperations;

/**
 * SETNX, GET and GETSET of the moment at which the lock expires, by the client's clock;
 * released by DEL.
 */
final class OlderAlgorithmStore extends PollingStore {

	private final long skewSeconds;

	OlderAlgorithmStore(StringRedisTemplate redis, long skewSeconds) {
		super(redis);
		this.skewSeconds = skewSeconds;
	}

	@Override
	long attempt(AcquireRequest request) {
		ValueOperations<String, String> values = redis().opsForValue();
		long micros = System.currentTimeMillis() * 1000 + System.nanoTime() / 1000 % 1000;
		long now = micros / 1_000_000 + this.skewSeconds;
		String mine = Long.toString(now + request.expire().toSeconds() + 1);
		if (Boolean.TRUE.equals(values.setIfAbsent(lock(request.key()), mine))) {
			return micros;
		}
		String value = values.get(lock(request.key()));
		if (value == null || Long.parseLong(value) >= now) {
			return 0;
		}
		String old = values.getAndSet(lock(request.key()), mine);
		return (old != null && Long.parseLong(old) < now) ? micros : 0;
	}

	@Override
	boolean delete(String key, OwnerToken token) {
		return Boolean.TRUE.equals(redis().delete(lock(key)));
	}

	@Override
	boolean giveUp(String key, OwnerToken token) {
		return false;
	}

}
