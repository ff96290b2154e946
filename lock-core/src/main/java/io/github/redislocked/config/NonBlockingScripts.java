/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

import io.github.redislocked.reactive.ReactiveScriptRunner;
import io.github.redislocked.store.redis.ScriptRunner;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.util.ClassUtils;

/**
 * Finds out whether Redis can be asked without a thread that waits: if Reactor is there,
 * and the application's driver speaks it.
 */
final class NonBlockingScripts {

	private static final boolean REACTOR = ClassUtils.isPresent("reactor.core.publisher.Flux",
			NonBlockingScripts.class.getClassLoader());

	private NonBlockingScripts() {
	}

	static @Nullable ScriptRunner on(RedisConnectionFactory connectionFactory) {
		return (REACTOR && connectionFactory instanceof ReactiveRedisConnectionFactory) ? Reactive.on(connectionFactory)
				: null;
	}

	// Loaded only where Reactor is.
	private static final class Reactive {

		private static ScriptRunner on(RedisConnectionFactory connectionFactory) {
			return new ReactiveScriptRunner((ReactiveRedisConnectionFactory) connectionFactory);
		}

	}

}
