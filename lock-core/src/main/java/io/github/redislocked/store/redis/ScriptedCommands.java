/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import io.github.redislocked.store.LockCommands;
import io.github.redislocked.store.RenewAnswer;
import io.github.redislocked.store.RenewRequest;

import org.springframework.data.redis.core.script.RedisScript;

/**
 * The commands of a protocol that consists of scripts, and its renewals one by one, to be
 * run together.
 */
interface ScriptedCommands extends LockCommands {

	/**
	 * Returns the script that renews.
	 * @return the script
	 */
	RedisScript<String> renewScript();

	/**
	 * Prepares a renewal.
	 * @param request the renewal
	 * @return what {@link #renewScript} is run on
	 */
	ScriptCall renewal(RenewRequest request);

	/**
	 * Reads what {@link #renewScript} answered.
	 * @param call what it was run on
	 * @param answer what it answered
	 * @return what that means
	 * @throws io.github.redislocked.LockStoreException if the Redis keys hold no lock
	 */
	RenewAnswer renewAnswer(ScriptCall call, String answer);

}
