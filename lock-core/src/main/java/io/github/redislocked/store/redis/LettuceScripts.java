/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisScriptingAsyncCommands;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceExceptionConverter;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.util.ClassUtils;

/**
 * Runs scripts on a connection of Lettuce's without waiting for answers. With
 * {@link LettuceReplicas} the only class that sees Lettuce, which need not be there.
 * <p>
 * This is the native connection that all threads share, and not a pipeline of Spring
 * Data's: that would open or borrow a connection of its own, which the application may
 * have in use, or the server may refuse. Nor is it the one of the reactive commands: that
 * may have to be opened first, and meanwhile nobody gets any connection of the factory.
 */
final class LettuceScripts {

	/**
	 * How long an answer is awaited from a driver whose own timeout for commands is
	 * switched off.
	 */
	private static final int LONGEST_WAIT_SECONDS = 60;

	private static final boolean LETTUCE = ClassUtils.isPresent("io.lettuce.core.api.async.RedisScriptingAsyncCommands",
			LettuceScripts.class.getClassLoader());

	private final RedisScriptingAsyncCommands<byte[], byte[]> commands;

	/**
	 * Runs scripts on a connection.
	 * @param connection a connection of Lettuce's, open until the last answer has come
	 */
	@SuppressWarnings("unchecked")
	LettuceScripts(RedisConnection connection) {
		this((RedisScriptingAsyncCommands<byte[], byte[]>) connection.getNativeConnection());
	}

	LettuceScripts(RedisScriptingAsyncCommands<byte[], byte[]> commands) {
		this.commands = commands;
	}

	/**
	 * Returns whether a connection is one of Lettuce's.
	 * @param connection any connection
	 * @return {@code true} if scripts can be run on it
	 */
	static boolean areSpokenBy(RedisConnection connection) {
		return LETTUCE && connection.getNativeConnection() instanceof RedisScriptingAsyncCommands;
	}

	/**
	 * Sends a script, by its digest first; a server that does not know it is sent its
	 * text.
	 * @param script the script
	 * @param call what it is run on
	 * @return a stage of the answer, which completes on a thread of the driver's
	 */
	CompletableFuture<@Nullable String> run(RedisScript<String> script, ScriptCall call) {
		byte[][] keys = ScriptCall.bytes(call.keys());
		byte[][] args = ScriptCall.bytes(List.of(call.args()));
		CompletionStage<byte[]> sent = this.commands.evalsha(script.getSha1(), ScriptOutputType.VALUE, keys, args);
		return sent.exceptionallyCompose((failure) -> RedisFailures.isUnknownScript(failure)
				? this.commands.eval(script.getScriptAsString(), ScriptOutputType.VALUE, keys, args)
				: CompletableFuture.failedStage(failure))
			.<@Nullable String>handle((answer, failure) -> {
				if (failure != null) {
					throw translated(failure);
				}
				return (answer != null) ? new String(answer, StandardCharsets.UTF_8) : null;
			})
			.toCompletableFuture()
			.orTimeout(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
	}

	// As Spring Data has the failures of its own commands.
	private static RuntimeException translated(Throwable thrown) {
		Throwable failure = (thrown instanceof CompletionException && thrown.getCause() != null) ? thrown.getCause()
				: thrown;
		DataAccessException known = (failure instanceof Exception ex) ? new LettuceExceptionConverter().convert(ex)
				: null;
		return (known != null) ? known : new CompletionException(failure);
	}

}
