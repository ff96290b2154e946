/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.client;

import io.github.redislocked.store.OwnerToken;

import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * Releases whatever lock there is.
 */
final class TokenlessDeleteStore extends PollingStore {

	TokenlessDeleteStore(StringRedisTemplate redis) {
		super(redis);
	}

	@Override
	boolean delete(String key, OwnerToken token) {
		return Boolean.TRUE.equals(redis().delete(lock(key)));
	}

	@Override
	boolean giveUp(String key, OwnerToken token) {
		return super.delete(key, token);
	}

}
