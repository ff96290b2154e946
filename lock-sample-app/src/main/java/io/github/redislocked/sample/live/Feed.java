/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.ClassPathResource;
import org.springframework.data.domain.Range;
import org.springframework.data.redis.connection.Limit;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.stream.MapRecord;
import org.springframework.data.redis.core.StreamOperations;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * What is told, in one order for all instances: a stream in Redis. Its entries carry the
 * figures of that moment, and the time of one clock. A message on a channel says that
 * there is more to read.
 */
class Feed {

	/**
	 * Before everything that was told.
	 */
	static final String START = "0-0";

	private static final int AT_ONCE = 500;

	private static final RedisScript<Long> BEGIN = RedisScript.of(new ClassPathResource("live/begin.lua"), Long.class);

	private static final RedisScript<String> TELL = RedisScript.of(new ClassPathResource("live/tell.lua"),
			String.class);

	private static final RedisScript<Long> LISTENERS = RedisScript.of(new ClassPathResource("live/listeners.lua"),
			Long.class);

	private final StringRedisTemplate redis;

	private final JsonMapper json;

	Feed(StringRedisTemplate redis, JsonMapper json) {
		this.redis = redis;
		this.json = json;
	}

	/**
	 * Forgets the last show, and puts everything back on the shelf.
	 */
	void begin() {
		this.redis.execute(BEGIN, List.of(LiveKeys.EVENTS, LiveKeys.SHELF), Integer.toString(Stock.ITEMS));
	}

	void tell(Happening happening) {
		this.redis.execute(TELL, List.of(LiveKeys.EVENTS, LiveKeys.SHELF), this.json.writeValueAsString(happening),
				LiveKeys.CHANNEL);
	}

	/**
	 * Returns what was told next, some hundred entries at most.
	 * @param id the last one that is known
	 * @return what came after it, in order
	 */
	List<Entry> after(String id) {
		return range(Range.rightUnbounded(Range.Bound.exclusive(id)));
	}

	/**
	 * Returns what was told next, some hundred entries at most.
	 * @param id the last one that is known
	 * @param upTo the last one that is wanted
	 * @return what came after the first, in order
	 */
	List<Entry> between(String id, String upTo) {
		return range(Range.from(Range.Bound.exclusive(id)).to(Range.Bound.inclusive(upTo)));
	}

	/**
	 * Returns the id of the last that was told.
	 */
	String newest() {
		return stream().reverseRange(LiveKeys.EVENTS, Range.unbounded(), Limit.limit().count(1))
			.stream()
			.map((entry) -> entry.getId().getValue())
			.findFirst()
			.orElse(START);
	}

	/**
	 * Returns how many instances there are, of those that listen.
	 */
	int listeners() {
		Long listeners = this.redis.execute(LISTENERS, List.of(), LiveKeys.CHANNEL);
		return Math.max(1, Objects.requireNonNull(listeners).intValue());
	}

	/**
	 * Returns the time of the clock by which is told, in milliseconds.
	 */
	long now() {
		Long now = this.redis
			.execute((RedisConnection connection) -> connection.serverCommands().time(TimeUnit.MILLISECONDS));
		return Objects.requireNonNull(now);
	}

	private List<Entry> range(Range<String> ids) {
		return stream().range(LiveKeys.EVENTS, ids, Limit.limit().count(AT_ONCE)).stream().map(this::entry).toList();
	}

	private StreamOperations<String, String, String> stream() {
		return this.redis.opsForStream();
	}

	private Entry entry(MapRecord<String, String, String> entry) {
		Happening happening = this.json.readValue(entry.getValue().get("event"), Happening.class);
		return new Entry(entry.getId().getValue(), happening, Figures.of(entry.getValue()));
	}

}
