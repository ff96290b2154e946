/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisPipelineException;
import org.springframework.data.redis.connection.ReturnType;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Runs one script many times, and sends all runs before it awaits an answer: on Lettuce
 * through its {@linkplain LettuceRuns asynchronous commands}, on another driver in a
 * pipeline. It sends the script's digest; a server that does not know the script yet gets
 * those runs once more, together, with the text.
 */
final class ScriptPipeline {

	/**
	 * Fewer runs are not worth a pipeline.
	 */
	private static final int FEWEST = 4;

	private final RedisConnectionFactory connectionFactory;

	private final RedisServers servers;

	private final Scripts scripts;

	private final LettuceRuns lettuce;

	ScriptPipeline(RedisConnectionFactory connectionFactory, RedisServers servers, Scripts scripts,
			LettuceRuns lettuce) {
		this.connectionFactory = connectionFactory;
		this.servers = servers;
		this.scripts = scripts;
		this.lettuce = lettuce;
	}

	/**
	 * Runs a script for each call.
	 * @param script the script
	 * @param calls the calls; in a cluster at most one, unless the driver is Lettuce
	 * @return stages of the answers, in the order of the calls. On Lettuce they complete
	 * on threads of the driver's, otherwise they have completed
	 */
	List<CompletionStage<String>> run(RedisScript<String> script, List<ScriptCall> calls) {
		try {
			if (this.servers.areAskedByLettuce()) {
				return fire(script, calls);
			}
			return (calls.size() < FEWEST) ? calls.stream().map((call) -> runAlone(script, call)).toList()
					: pipeline(script, calls);
		}
		catch (RuntimeException ex) {
			return calls.stream().map((call) -> failed(call, ex)).toList();
		}
	}

	private List<CompletionStage<String>> fire(RedisScript<String> script, List<ScriptCall> calls) {
		List<CompletableFuture<@Nullable String>> sent = this.lettuce.run(script, calls);
		return IntStream.range(0, calls.size())
			.mapToObj((i) -> Scripts.stage(calls.get(i).userKey(), () -> sent.get(i)))
			.toList();
	}

	private List<CompletionStage<String>> pipeline(RedisScript<String> script, List<ScriptCall> calls) {
		List<@Nullable Object> results = new ArrayList<>(send(script, false, calls));
		List<Integer> unknown = new ArrayList<>();
		for (int i = 0; i < calls.size(); i++) {
			if (results.get(i) instanceof RuntimeException failure && RedisFailures.isUnknownScript(failure)) {
				unknown.add(i);
			}
		}
		if (!unknown.isEmpty()) {
			List<Object> again = sendAgain(script, unknown.stream().map(calls::get).toList());
			for (int i = 0; i < again.size(); i++) {
				results.set(unknown.get(i), again.get(i));
			}
		}
		List<CompletionStage<String>> answers = new ArrayList<>(calls.size());
		for (int i = 0; i < calls.size(); i++) {
			answers.add(answer(script, calls.get(i), results.get(i)));
		}
		return answers;
	}

	// The others have been answered, whatever becomes of these.
	private List<Object> sendAgain(RedisScript<String> script, List<ScriptCall> calls) {
		try {
			return send(script, true, calls);
		}
		catch (RuntimeException ex) {
			return Collections.nCopies(calls.size(), ex);
		}
	}

	private List<Object> send(RedisScript<String> script, boolean text, List<ScriptCall> calls) {
		byte[] bytes = script.getScriptAsString().getBytes(StandardCharsets.UTF_8);
		try (RedisConnection connection = this.connectionFactory.getConnection()) {
			connection.openPipeline();
			try {
				for (ScriptCall call : calls) {
					if (text) {
						connection.scriptingCommands().eval(bytes, ReturnType.VALUE, call.keys().size(), call.bytes());
					}
					else {
						connection.scriptingCommands()
							.evalSha(script.getSha1(), ReturnType.VALUE, call.keys().size(), call.bytes());
					}
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
		return (result instanceof RuntimeException failure) ? failed(call, failure) : runAlone(script, call);
	}

	private CompletionStage<String> runAlone(RedisScript<String> script, ScriptCall call) {
		return this.scripts.run(script, call);
	}

	private CompletionStage<String> failed(ScriptCall call, RuntimeException thrown) {
		RuntimeException failure = (thrown instanceof RedisPipelineException
				&& thrown.getCause() instanceof RuntimeException cause) ? cause : thrown;
		RuntimeException known = this.connectionFactory.translateExceptionIfPossible(failure);
		return CompletableFuture
			.failedFuture(RedisFailures.translate(call.userKey(), (known != null) ? known : failure));
	}

}
