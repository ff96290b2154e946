/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

import io.github.redislocked.LockStoreException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.data.redis.connection.RedisClusterConnection;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisPipelineException;
import org.springframework.data.redis.connection.ReturnType;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Runs scripts that write, and waits until replicas have what they wrote. {@code WAIT}
 * counts what its own connection has written, and holds that connection up: so both go
 * over one that nobody else uses meanwhile.
 */
final class Replicas implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(Replicas.class);

	private final RedisConnectionFactory connectionFactory;

	private final int wanted;

	private final LettuceConnections lettuce;

	private volatile boolean tooFew;

	/**
	 * Prepares it; nothing is connected yet.
	 * @param connectionFactory the application's connections
	 * @param wanted how many replicas are asked for, zero if nobody is to wait
	 */
	Replicas(RedisConnectionFactory connectionFactory, int wanted) {
		this.connectionFactory = connectionFactory;
		this.wanted = wanted;
		this.lettuce = new LettuceConnections(connectionFactory);
	}

	boolean areWanted() {
		return this.wanted > 0;
	}

	/**
	 * Runs a script by the calling thread.
	 * @param script a script that answers {@value Replicated#WRITTEN} if it has written
	 * @param call what it is run on
	 * @param patience how long to wait for the replicas
	 * @return a stage that has completed, with a {@link LockStoreException} if it failed
	 */
	CompletionStage<Replicated> runHere(RedisScript<String> script, ScriptCall call, Duration patience) {
		CompletableFuture<Replicated> running = run(script, call, patience).toCompletableFuture();
		try {
			return CompletableFuture.completedFuture(running.get());
		}
		catch (ExecutionException ex) {
			return running;
		}
		catch (InterruptedException ex) {
			// It goes on, and its connection is used again when it has ended.
			return CompletableFuture.failedFuture(RedisFailures.translate(call.userKey(), ex));
		}
	}

	/**
	 * Runs a script; on Lettuce without waiting, unless a connection is opened.
	 * @param script a script that answers {@value Replicated#WRITTEN} if it has written
	 * @param call what it is run on
	 * @param patience how long to wait for the replicas
	 * @return a stage of the answers, or of a {@link LockStoreException}
	 */
	CompletionStage<Replicated> run(RedisScript<String> script, ScriptCall call, Duration patience) {
		CompletionStage<Replicated> running;
		try {
			running = this.lettuce.areSpoken()
					? this.lettuce.use((own) -> own.run(script, call, this.wanted, patience), patience)
					: CompletableFuture.completedFuture(pipelined(script, call, patience));
		}
		catch (RuntimeException ex) {
			running = CompletableFuture.failedFuture(ex);
		}
		return running.handle((all, thrown) -> {
			if (thrown != null) {
				throw translated(call.userKey(), thrown);
			}
			if (all.answer().equals(Replicated.WRITTEN)) {
				report(all.replicas());
			}
			return all;
		});
	}

	// In a pipeline, since no other way of Spring Data's keeps several commands on one
	// connection on every version of Jedis.
	private Replicated pipelined(RedisScript<String> script, ScriptCall call, Duration patience) {
		try (RedisConnection connection = this.connectionFactory.getConnection()) {
			if (connection instanceof RedisClusterConnection) {
				throw new LockStoreException(call.userKey(),
						"The lock cannot be confirmed by replicas: in a cluster, redis-lock.replicas.wait needs the driver Lettuce. Use that, or set it to 0",
						false, null);
			}
			List<Object> answers = send(connection, script, call, patience, false);
			if (answers.get(0) instanceof Exception unknown && RedisFailures.isUnknownScript(unknown)) {
				answers = send(connection, script, call, patience, true);
			}
			if (answers.get(0) instanceof byte[] answer && answers.get(1) instanceof Long count) {
				return new Replicated(new String(answer, StandardCharsets.UTF_8), count, this.wanted);
			}
			for (Object failure : answers) {
				if (failure instanceof RuntimeException ex) {
					throw ex;
				}
			}
			throw new IllegalStateException("Unknown answers " + answers);
		}
	}

	private List<Object> send(RedisConnection connection, RedisScript<String> script, ScriptCall call,
			Duration patience, boolean text) {
		byte[][] keysAndArgs = call.bytes();
		connection.openPipeline();
		try {
			if (text) {
				connection.scriptingCommands()
					.eval(bytes(script.getScriptAsString()), ReturnType.VALUE, call.keys().size(), keysAndArgs);
			}
			else {
				connection.scriptingCommands()
					.evalSha(script.getSha1(), ReturnType.VALUE, call.keys().size(), keysAndArgs);
			}
			connection.execute("WAIT", bytes(Integer.toString(this.wanted)), bytes(millis(patience)));
			return connection.closePipeline();
		}
		catch (RedisPipelineException ex) {
			if (ex.getPipelineResult().size() != 2) {
				throw ex;
			}
			return ex.getPipelineResult();
		}
		finally {
			// Once more does no harm; a pipeline that stays open spoils the connection.
			connection.closePipeline();
		}
	}

	private LockStoreException translated(String key, Throwable thrown) {
		Throwable failure = thrown;
		while ((failure instanceof CompletionException || failure instanceof RedisPipelineException)
				&& failure.getCause() != null) {
			failure = failure.getCause();
		}
		if (failure instanceof LockStoreException known) {
			return known;
		}
		RuntimeException known = (failure instanceof RuntimeException ex)
				? this.connectionFactory.translateExceptionIfPossible(ex) : null;
		return RedisFailures.translate(key, (known != null) ? known : failure);
	}

	// Every lock is affected, and each caller is told: one line is enough.
	private void report(long replicas) {
		boolean before = this.tooFew;
		this.tooFew = replicas < this.wanted;
		if (this.tooFew && !before) {
			logger.warn(
					"A lock was given back: %d of the %d replicas that redis-lock.replicas.wait asks for have confirmed it"
						.formatted(replicas, this.wanted)
							+ "; until they do, nobody gets a lock. Check that they follow the primary");
		}
		else if (before && !this.tooFew) {
			logger.info("Locks are confirmed by enough replicas again");
		}
	}

	static String millis(Duration patience) {
		// Not zero, by which Redis would wait for ever.
		return Long.toString(Math.max(1, patience.toMillis()));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public void close() {
		this.lettuce.close();
	}

}
