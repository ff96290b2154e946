/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.redislocked.store.redis.ScriptCase.Step;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One row of the script table on a server, with Redis keys of its own.
 */
final class ScriptTrial implements AutoCloseable {

	private static final Map<String, String> DEFAULTS = Map.of("retention", "600000", "claim", "20000", "countable",
			"1");

	private final StringRedisTemplate redis;

	private final Map<String, RedisScript<String>> scripts;

	private final ScriptProtocol protocol;

	private final String id = UUID.randomUUID().toString();

	private final RowNumbers numbers;

	private final Map<String, StoredKey> expected = new LinkedHashMap<>();

	private final Map<String, BlockingQueue<String>> messages = new LinkedHashMap<>();

	private final List<RedisConnection> subscriptions = new ArrayList<>();

	private String call = "";

	private @Nullable String answer;

	private @Nullable String failure;

	ScriptTrial(StringRedisTemplate redis, ScriptProtocol protocol, Map<String, RedisScript<String>> scripts) {
		this.redis = redis;
		this.scripts = scripts;
		this.protocol = protocol;
		this.numbers = new RowNumbers(this::micros);
	}

	private long micros() {
		return this.redis
			.execute((RedisConnection connection) -> connection.serverCommands().time(TimeUnit.MICROSECONDS));
	}

	void run(ScriptCase row) {
		row.steps().forEach(this::run);
		Awaitility.await("the Redis keys in the end")
			.atMost(Duration.ofSeconds(5))
			.untilAsserted(() -> assertThat(this.protocol.keys()).filteredOn((name) -> this.redis.hasKey(key(name)))
				.containsExactlyInAnyOrderElementsOf(this.expected.keySet()));
		this.expected.forEach(this::assertStored);
		this.messages.forEach((process, received) -> assertThat(received).as("more messages to %s", process).isEmpty());
	}

	private void run(Step step) {
		switch (step.verb()) {
			case "fresh" -> beginFreshSecond();
			case "given" ->
				stored(this.numbers.fill(step.rest())).forEach((name, key) -> key.write(this.redis, key(name)));
			case "gone" -> assertThat(this.redis.delete(key(step.rest()))).isTrue();
			case "listens" -> listen(step.rest());
			case "call" -> call(step.rest());
			case "answer" -> assertAnswer(step.rest());
			case "again" -> {
				call(this.call);
				assertAnswer(step.rest());
			}
			case "fails" -> assertThat(this.failure).as("the failure of %s", this.call).contains(step.rest());
			case "message" -> assertMessage(step.rest());
			case "then" -> this.expected.putAll(stored(step.rest()));
			default -> throw new IllegalArgumentException("Unknown step " + step);
		}
	}

	// The value of a getset lock changes its meaning with each second.
	private void beginFreshSecond() {
		Awaitility.await()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(5))
			.until(() -> micros() % 1_000_000 < 200_000);
		this.numbers.begin();
	}

	private static Map<String, StoredKey> stored(String line) {
		String[] words = line.split(" ", 4);
		return Map.of(words[1], StoredKey.of(words[0], words[2], (words.length > 3) ? words[3] : ""));
	}

	private void call(String line) {
		this.call = line;
		Map<String, String> settings = new LinkedHashMap<>(DEFAULTS);
		settings.put("channels", channel(""));
		List<String> words = new ArrayList<>(List.of(line.split(" ")));
		RedisScript<String> script = this.scripts.get(words.remove(0));
		words.removeIf((word) -> {
			String[] setting = word.split("=");
			return setting.length == 2 && settings.put(setting[0], setting[1]) != null;
		});
		List<String> arguments = new ArrayList<>(words.subList(0, 2));
		this.protocol.settings().forEach((name) -> arguments.add(settings.get(name)));
		arguments.addAll(words.subList(2, words.size()));
		this.answer = null;
		this.failure = null;
		try {
			this.answer = this.redis.execute(script, this.protocol.keys().stream().map(this::key).toList(),
					arguments.toArray());
		}
		catch (DataAccessException ex) {
			this.failure = NestedExceptionUtils.getMostSpecificCause(ex).getMessage();
		}
	}

	private void assertAnswer(String pattern) {
		assertThat(this.failure).as("the failure of %s", this.call).isNull();
		this.numbers.match("the answer to " + this.call, pattern, String.valueOf(this.answer).replace("\n", " | "));
	}

	private void listen(String process) {
		BlockingQueue<String> received = new LinkedBlockingQueue<>();
		this.messages.put(process, received);
		RedisConnection connection = this.redis.getRequiredConnectionFactory().getConnection();
		this.subscriptions.add(connection);
		connection.subscribe((message, pattern) -> received.add(new String(message.getBody(), StandardCharsets.UTF_8)),
				channel(process).getBytes(StandardCharsets.UTF_8));
	}

	private void assertMessage(String rest) {
		String[] words = rest.split(" ", 2);
		try {
			String message = this.messages.get(words[0]).poll(5, TimeUnit.SECONDS);
			assertThat(message).as("a message to %s", words[0]).isNotNull();
			this.numbers.match("the message to " + words[0], words[1].replace("{lock}", key("lock")), message);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void assertStored(String name, StoredKey wanted) {
		StoredKey actual = StoredKey.read(this.redis, key(name));
		assertThat(actual.type()).as("the type of %s", name).isEqualTo(wanted.type());
		assertThat(actual.content()).as("what %s holds", name).containsOnlyKeys(wanted.content().keySet());
		wanted.content()
			.forEach((field, text) -> this.numbers.match(name + " " + field, text, actual.content().get(field)));
		String remaining = wanted.remaining();
		this.numbers.match("the time to live of " + name, remaining.equals("-") ? "-" : "<~" + remaining + ">",
				actual.remaining());
	}

	private String key(String name) {
		return "table:{" + this.id + "}:" + name;
	}

	private String channel(String process) {
		return "table:" + this.id + ":" + process;
	}

	@Override
	public void close() {
		this.subscriptions.forEach(RedisConnection::close);
		this.redis.delete(this.protocol.keys().stream().map(this::key).toList());
	}

}
