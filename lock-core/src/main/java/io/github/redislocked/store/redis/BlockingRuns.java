/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisScriptingCommands;
import org.springframework.data.redis.connection.ReturnType;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Runs scripts by the calling thread, on a connection that the factory gives for each.
 * <p>
 * This is no template, for two reasons. In a transaction or a session callback of the
 * application, Spring Data hands the connection that is bound to the thread to every
 * template on the same factory, even to one without transaction support: scripts would be
 * queued and answer null. And a template makes a proxy of the connection for each
 * command, which costs more than all that the engine does for it.
 */
final class BlockingRuns implements ScriptRunner {

	private final RedisConnectionFactory connectionFactory;

	BlockingRuns(RedisConnectionFactory connectionFactory) {
		this.connectionFactory = connectionFactory;
	}

	@Override
	public CompletableFuture<@Nullable String> run(RedisScript<String> script, ScriptCall call) {
		try (RedisConnection connection = this.connectionFactory.getConnection()) {
			byte[] answer = answer(connection.scriptingCommands(), script, call);
			return CompletableFuture
				.completedFuture((answer != null) ? new String(answer, StandardCharsets.UTF_8) : null);
		}
	}

	private static byte @Nullable [] answer(RedisScriptingCommands commands, RedisScript<String> script,
			ScriptCall call) {
		int keys = call.keys().size();
		byte[][] keysAndArgs = call.bytes();
		try {
			return commands.evalSha(script.getSha1(), ReturnType.VALUE, keys, keysAndArgs);
		}
		catch (RuntimeException ex) {
			if (!RedisFailures.isUnknownScript(ex)) {
				throw ex;
			}
		}
		byte[] text = script.getScriptAsString().getBytes(StandardCharsets.UTF_8);
		return commands.eval(text, ReturnType.VALUE, keys, keysAndArgs);
	}

}
