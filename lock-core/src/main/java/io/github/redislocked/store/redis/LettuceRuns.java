/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Runs scripts on the application's connections, whose driver is known to be Lettuce. No
 * thread waits for the answers; they come on the driver's threads.
 */
final class LettuceRuns implements ScriptRunner {

	private final RedisConnectionFactory connectionFactory;

	LettuceRuns(RedisConnectionFactory connectionFactory) {
		this.connectionFactory = connectionFactory;
	}

	@Override
	public CompletableFuture<@Nullable String> run(RedisScript<String> script, ScriptCall call) {
		return run(script, List.of(call)).get(0);
	}

	/**
	 * Sends a script once for each call, on one connection.
	 * @param script the script
	 * @param calls what it is run on
	 * @return stages of the answers, in the order of the calls
	 * @throws RuntimeException if there is no connection
	 */
	List<CompletableFuture<@Nullable String>> run(RedisScript<String> script, List<ScriptCall> calls) {
		RedisConnection connection = this.connectionFactory.getConnection();
		List<CompletableFuture<@Nullable String>> answers = new ArrayList<>(calls.size());
		try {
			LettuceScripts lettuce = new LettuceScripts(connection);
			for (ScriptCall call : calls) {
				answers.add(sent(lettuce, script, call));
			}
		}
		finally {
			// If the connection is not the shared one, to close it may take time, which
			// the driver's threads do not have.
			CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
				.whenCompleteAsync((done, failure) -> connection.close());
		}
		return answers;
	}

	// What cannot be sent is no reason to leave the answers of the others.
	private static CompletableFuture<@Nullable String> sent(LettuceScripts lettuce, RedisScript<String> script,
			ScriptCall call) {
		try {
			return lettuce.run(script, call);
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

}
