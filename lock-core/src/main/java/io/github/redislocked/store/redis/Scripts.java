/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.github.redislocked.LockStoreException;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Runs scripts that answer one string. Blocking ones go through a template of its own:
 * string serializers, and never on a connection that belongs to a transaction or a
 * pipeline of the application.
 */
final class Scripts {

	private final ScriptRunner runner;

	private final Replication replication;

	/**
	 * Runs scripts by the calling thread.
	 * @param connectionFactory the application's connections
	 * @param replicas who waits for replicas
	 */
	Scripts(RedisConnectionFactory connectionFactory, Replicas replicas) {
		this(blocking(new StringRedisTemplate(new UnboundConnections(connectionFactory))), replicas::runHere);
	}

	/**
	 * Runs scripts without waiting for answers.
	 * @param runner how that is done
	 * @param replicas who waits for replicas
	 */
	Scripts(ScriptRunner runner, Replicas replicas) {
		this(runner, replicas::run);
	}

	private Scripts(ScriptRunner runner, Replication replication) {
		this.runner = runner;
		this.replication = replication;
	}

	/**
	 * Loads a script that lies beside this class.
	 * @param end its last statement, empty if the last part has it
	 * @param resourceNames file names of its parts, in their order
	 * @return the script
	 */
	static RedisScript<String> load(String end, List<String> resourceNames) {
		StringBuilder text = new StringBuilder();
		for (String name : resourceNames) {
			try (InputStream in = Scripts.class.getResourceAsStream(name)) {
				if (in == null) {
					throw new IllegalStateException("The jar lacks the script '" + name + "'");
				}
				text.append(new String(in.readAllBytes(), StandardCharsets.UTF_8)).append('\n');
			}
			catch (IOException ex) {
				throw new UncheckedIOException("The script '" + name + "' cannot be read", ex);
			}
		}
		return RedisScript.of(text.append(end).toString(), String.class);
	}

	/**
	 * Runs a script as a stage.
	 * @param script the script
	 * @param call what it is run on
	 * @return a stage of the answer, or of a {@link LockStoreException}; a blocking one
	 * has completed
	 */
	CompletionStage<String> run(RedisScript<String> script, ScriptCall call) {
		return stage(call.userKey(), () -> this.runner.run(script, call));
	}

	/**
	 * Runs a script, and waits for the answer.
	 * @param script the script
	 * @param call what it is run on
	 * @return the answer
	 * @throws LockStoreException if there is none
	 */
	String await(RedisScript<String> script, ScriptCall call) {
		try {
			return run(script, call).toCompletableFuture().join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof LockStoreException failure) ? failure : ex;
		}
	}

	/**
	 * Runs a script, and waits until replicas have what it wrote.
	 * @param script a script that answers {@value Replicated#WRITTEN} if it has written
	 * @param call what it is run on
	 * @param patience how long to wait for the replicas
	 * @return a stage of the answers, or of a {@link LockStoreException}; a blocking one
	 * has completed
	 */
	CompletionStage<Replicated> replicate(RedisScript<String> script, ScriptCall call, Duration patience) {
		return this.replication.run(script, call, patience);
	}

	/**
	 * Sends a script, and says what its answer or its failure means.
	 * @param userKey the key as the user names it, for messages
	 * @param sending sends the script
	 * @return a stage of the answer, or of a {@link LockStoreException}
	 */
	static CompletionStage<String> stage(String userKey, Supplier<CompletionStage<@Nullable String>> sending) {
		CompletionStage<@Nullable String> stage;
		try {
			stage = sending.get();
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(RedisFailures.translate(userKey, ex));
		}
		return stage.handle((answer, failure) -> {
			if (failure != null) {
				throw RedisFailures.translate(userKey, failure);
			}
			if (answer == null) {
				throw noAnswer(userKey);
			}
			return answer;
		});
	}

	private static ScriptRunner blocking(StringRedisTemplate template) {
		return (script, call) -> CompletableFuture
			.completedFuture(template.execute(script, call.keys(), (Object[]) call.args()));
	}

	private static LockStoreException noAnswer(String userKey) {
		return new LockStoreException(userKey,
				"Redis gave no answer about the lock: its connection queues commands instead of running them", false,
				null);
	}

	@FunctionalInterface
	private interface Replication {

		CompletionStage<Replicated> run(RedisScript<String> script, ScriptCall call, Duration patience);

	}

}
