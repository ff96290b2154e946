/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.client;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.github.redislocked.store.AcquireRequest;
import io.github.redislocked.store.OwnerToken;

import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * Believes the answer to SET NX, although the driver may have sent it twice.
 */
final class BareSetStore extends PollingStore {

	BareSetStore(StringRedisTemplate redis) {
		super(redis);
	}

	@Override
	long attempt(AcquireRequest request) {
		return Boolean.TRUE.equals(
				redis().opsForValue().setIfAbsent(lock(request.key()), request.token().toString(), request.expire()))
						? ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) : 0;
	}

	@Override
	boolean giveUp(String key, OwnerToken token) {
		// Nothing to give up after a refusal.
		return false;
	}

}
