/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.client;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.redislocked.store.AcquireRequest;
import io.github.redislocked.store.OwnerToken;

import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * A list of waiters: each enters it once by its own will, and a second time if the driver
 * repeats the command. Then it gets the lock again when it has gone.
 */
final class DoubleQueueStore extends PollingStore {

	private static final RedisScript<Long> ENTER = RedisScript.of("""
			if redis.call('EXISTS', KEYS[1]) == 0 and redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) then
			  local clock = redis.call('TIME')
			  return clock[1] * 1000000 + clock[2]
			end
			redis.call('RPUSH', KEYS[2], ARGV[1])
			redis.call('PEXPIRE', KEYS[2], 60000)
			return 0""", Long.class);

	private static final RedisScript<Long> ASK = RedisScript.of("""
			local holder = redis.call('GET', KEYS[1])
			if not holder then
			  local next = redis.call('LPOP', KEYS[2])
			  if next then
			    redis.call('SET', KEYS[1], next, 'PX', ARGV[2])
			  end
			  holder = next
			end
			local clock = redis.call('TIME')
			return holder == ARGV[1] and clock[1] * 1000000 + clock[2] or 0""", Long.class);

	private static final RedisScript<Long> LEAVE = RedisScript.of("""
			if ARGV[2] == 'waiting' then
			  redis.call('LREM', KEYS[2], 1, ARGV[1])
			end
			if redis.call('GET', KEYS[1]) ~= ARGV[1] then
			  return 0
			end
			redis.call('DEL', KEYS[1])
			local next = redis.call('LPOP', KEYS[2])
			if next then
			  redis.call('SET', KEYS[1], next, 'PX', 15000)
			end
			return 1""", Long.class);

	private final Set<OwnerToken> entered = ConcurrentHashMap.newKeySet();

	DoubleQueueStore(StringRedisTemplate redis) {
		super(redis);
	}

	@Override
	long attempt(AcquireRequest request) {
		List<String> keys = keys(request.key());
		boolean first = this.entered.add(request.token());
		return number(first ? ENTER : ASK, keys, request.token().toString(), millis(request.expire()));
	}

	@Override
	boolean delete(String key, OwnerToken token) {
		return leave(key, token, "holding");
	}

	@Override
	boolean giveUp(String key, OwnerToken token) {
		return leave(key, token, "waiting");
	}

	private boolean leave(String key, OwnerToken token, String state) {
		this.entered.remove(token);
		return number(LEAVE, keys(key), token.toString(), state) == 1;
	}

	private static List<String> keys(String key) {
		return List.of(lock(key), lock(key) + ":list");
	}

}
