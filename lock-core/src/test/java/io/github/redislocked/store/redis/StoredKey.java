/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import org.springframework.data.redis.connection.DataType;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.ZSetOperations.TypedTuple;

/**
 * What a Redis key holds, in the words of the script table.
 *
 * @param type the type as Redis names it
 * @param remaining its time to live in milliseconds, {@code -} for ever
 * @param content a string's text, a list's elements, a hash's fields, or a sorted set's
 * members with their scores; the last two by name
 */
record StoredKey(String type, String remaining, Map<String, String> content) {

	private static final String FOR_EVER = "-";

	/**
	 * Reads a line of the table after the key's name has been taken out.
	 */
	static StoredKey of(String type, String remaining, String content) {
		Map<String, String> fields = new TreeMap<>();
		if (type.equals("hash") || type.equals("zset")) {
			for (String field : content.split("; ")) {
				int separator = field.indexOf('=');
				fields.put(field.substring(0, separator), field.substring(separator + 1));
			}
		}
		else {
			fields.put("", content);
		}
		return new StoredKey(type, remaining, fields);
	}

	static StoredKey read(StringRedisTemplate redis, String key) {
		DataType type = redis.type(key);
		Map<String, String> content = new TreeMap<>();
		switch (type) {
			case STRING -> content.put("", redis.opsForValue().get(key));
			case HASH -> redis.<String, String>opsForHash().entries(key).forEach(content::put);
			case ZSET -> redis.opsForZSet()
				.rangeWithScores(key, 0, -1)
				.forEach((member) -> content.put(member.getValue(), digits(member)));
			case LIST -> content.put("", String.join("; ", redis.opsForList().range(key, 0, -1)));
			default -> throw new IllegalStateException(key + " is a " + type);
		}
		long remaining = redis.getExpire(key, TimeUnit.MILLISECONDS);
		return new StoredKey(type.code(), (remaining < 0) ? FOR_EVER : Long.toString(remaining), content);
	}

	private static String digits(TypedTuple<String> member) {
		return new BigDecimal(member.getScore()).toPlainString();
	}

	void write(StringRedisTemplate redis, String key) {
		redis.delete(key);
		switch (this.type) {
			case "string" -> redis.opsForValue().set(key, this.content.get(""));
			case "list" -> redis.opsForList().rightPushAll(key, this.content.get("").split("; "));
			case "hash" -> redis.opsForHash().putAll(key, this.content);
			case "zset" ->
				this.content.forEach((member, score) -> redis.opsForZSet().add(key, member, Double.parseDouble(score)));
			default -> throw new IllegalArgumentException("Unknown type " + this.type);
		}
		if (!this.remaining.equals(FOR_EVER)) {
			redis.expire(key, Long.parseLong(this.remaining), TimeUnit.MILLISECONDS);
		}
	}

}
