/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One run of a script.
 *
 * @param userKey the key as the user names it, for messages
 * @param keys the Redis keys it touches
 * @param args what else it is told
 */
record ScriptCall(String userKey, List<String> keys, String... args) {

	/**
	 * Returns keys and arguments as they are sent.
	 * @return all of them, the keys first
	 */
	byte[][] bytes() {
		byte[][] bytes = new byte[this.keys.size() + this.args.length][];
		int next = 0;
		for (String redisKey : this.keys) {
			bytes[next++] = redisKey.getBytes(StandardCharsets.UTF_8);
		}
		for (String arg : this.args) {
			bytes[next++] = arg.getBytes(StandardCharsets.UTF_8);
		}
		return bytes;
	}

	static byte[][] bytes(List<String> texts) {
		return texts.stream().map((text) -> text.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
	}

}
