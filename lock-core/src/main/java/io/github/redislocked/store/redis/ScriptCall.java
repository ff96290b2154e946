/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

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
		return bytes(Stream.concat(this.keys.stream(), Stream.of(this.args)).toList());
	}

	static byte[][] bytes(List<String> texts) {
		return texts.stream().map((text) -> text.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
	}

}
