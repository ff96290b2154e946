/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisPipelineException;
import org.springframework.data.redis.connection.ReturnType;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Runs one script many times in one round trip. It sends the script's digest; a server
 * that does not know the script yet gets those runs once more, one by one, with the text.
 */
final class ScriptPipeline {

	/**
	 * Fewer runs are not worth a pipeline: on some drivers it opens a connection.
	 */
	private static final int FEWEST = 4;

	private final RedisConnectionFactory connectionFactory;

	private final Scripts scripts;

	private final boolean pipelining;

	ScriptPipeline(RedisConnectionFactory connectionFactory, Scripts scripts) {
		this.connectionFactory = connectionFactory;
		this.scripts = scripts;
		// Lettuce sends all commands on one shared connection. Asked for a pipeline, it
		// opens or borrows another one, which the application may have in use, or the
		// server may refuse.
		this.pipelining = !(connectionFactory instanceof ReactiveRedisConnectionFactory);
	}

	/**
	 * Runs a script for each call.
	 * @param script the script
	 * @param calls the calls; in a cluster at most one
	 * @return stages that have completed, in the order of the calls
	 */
	List<CompletionStage<String>> run(RedisScript<String> script, List<ScriptCall> calls) {
		if (calls.size() < FEWEST || !this.pipelining) {
			return calls.stream().map((call) -> runAlone(script, call)).toList();
		}
		List<CompletionStage<String>> answers = new ArrayList<>(calls.size());
		try {
			List<Object> results = send(script, calls);
			for (int i = 0; i < calls.size(); i++) {
				answers.add(answer(script, calls.get(i), results.get(i)));
			}
			return answers;
		}
		catch (RuntimeException ex) {
			return calls.stream().map((call) -> failed(call, ex)).toList();
		}
	}

	private List<Object> send(RedisScript<String> script, List<ScriptCall> calls) {
		try (RedisConnection connection = this.connectionFactory.getConnection()) {
			connection.openPipeline();
			try {
				for (ScriptCall call : calls) {
					connection.scriptingCommands()
						.evalSha(script.getSha1(), ReturnType.VALUE, call.keys().size(), bytes(call));
				}
				return connection.closePipeline();
			}
			finally {
				// Once more does no harm; a pipeline that stays open spoils the
				// connection.
				connection.closePipeline();
			}
		}
		catch (RedisPipelineException ex) {
			if (ex.getPipelineResult().size() != calls.size()) {
				throw ex;
			}
			return ex.getPipelineResult();
		}
	}

	private CompletionStage<String> answer(RedisScript<String> script, ScriptCall call, @Nullable Object result) {
		if (result instanceof byte[] bytes) {
			return CompletableFuture.completedFuture(new String(bytes, StandardCharsets.UTF_8));
		}
		if (result instanceof RuntimeException failure && !String.valueOf(failure.getMessage()).contains("NOSCRIPT")) {
			return failed(call, failure);
		}
		return runAlone(script, call);
	}

	private CompletionStage<String> runAlone(RedisScript<String> script, ScriptCall call) {
		return this.scripts.run(call.userKey(), script, call.keys(), call.args());
	}

	private static CompletionStage<String> failed(ScriptCall call, RuntimeException failure) {
		return CompletableFuture.failedFuture(RedisFailures.translate(call.userKey(), failure));
	}

	private static byte[][] bytes(ScriptCall call) {
		return Stream.concat(call.keys().stream(), Stream.of(call.args()))
			.map((text) -> text.getBytes(StandardCharsets.UTF_8))
			.toArray(byte[][]::new);
	}

}
