/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.client;

import java.util.List;

import io.github.redislocked.store.AcquireRequest;

import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Takes fencing tokens from a counter, and has no other source for them.
 */
final class PlainCounterStore extends PollingStore {

	private static final RedisScript<Long> ACQUIRE = RedisScript.of("""
			local holder = redis.call('GET', KEYS[1])
			if holder then
			  return holder == ARGV[1] and tonumber(redis.call('GET', KEYS[2])) or 0
			end
			redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
			return redis.call('INCR', KEYS[2])""", Long.class);

	PlainCounterStore(StringRedisTemplate redis) {
		super(redis);
	}

	@Override
	long attempt(AcquireRequest request) {
		return number(ACQUIRE, List.of(lock(request.key()), counter(request.key())), request.token().toString(),
				millis(request.expire()));
	}

	private static String counter(String key) {
		return lock(key) + ":counter";
	}

}
