/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.core.script.RedisScript;

/**
 * Sends scripts to Redis, in one way of waiting for the answer. One run is one command;
 * only if the server does not know the script yet, it is sent once more with its text.
 */
@FunctionalInterface
interface ScriptRunner {

	/**
	 * Runs a script. Keys, arguments and the answer are text in UTF-8.
	 * @param script the script
	 * @param call what it is run on
	 * @return a stage of the answer, or of {@code null} if there was none; or of the
	 * failure as the driver or Spring Data has it. It completes in any case.
	 * @throws RuntimeException in the place of a stage that has failed
	 */
	CompletionStage<@Nullable String> run(RedisScript<String> script, ScriptCall call);

}
