/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reactive;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

import io.github.redislocked.store.redis.ScriptRunner;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Runs scripts without a thread that waits for the answer, through a template of its own.
 * Stages complete on threads of the driver's. Only the first connection is opened by the
 * thread that asks.
 *
 * @since 0.1.0
 */
public final class ReactiveScriptRunner implements ScriptRunner {

	/**
	 * How long an answer is awaited from a driver whose own timeout for commands is
	 * longer, or switched off.
	 */
	private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

	private final ReactiveStringRedisTemplate template;

	/**
	 * Creates a runner.
	 * @param connectionFactory the application's connections
	 */
	public ReactiveScriptRunner(ReactiveRedisConnectionFactory connectionFactory) {
		this.template = new ReactiveStringRedisTemplate(connectionFactory);
	}

	@Override
	public CompletionStage<@Nullable String> run(RedisScript<String> script, List<String> keys, List<String> args) {
		return this.template.execute(script, keys, args).singleOrEmpty().timeout(LONGEST_WAIT).toFuture();
	}

}
