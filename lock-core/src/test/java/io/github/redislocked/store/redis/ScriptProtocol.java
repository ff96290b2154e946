/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;

import io.github.redislocked.store.AcquireRequest;
import io.github.redislocked.store.LockCommands;
import io.github.redislocked.store.OwnerToken;

import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * A protocol as its scripts see it: their names, and those of their Redis keys and first
 * arguments, in the scripts' order.
 */
enum ScriptProtocol {

	/** Waiters in order of arrival. */
	QUEUE(List.of("lock", "queue", "state"), List.of("retention", "claim", "channels", "countable")) {
		@Override
		LockCommands commands(RedisConnectionFactory connections, Scripts scripts) {
			return new QueueCommands(scripts, new QueueSite(connections, "table:", RETENTION));
		}
	},

	/** The one of SETNX and GETSET, which cannot yield. */
	GETSET(List.of("lock", "companion"), List.of("retention")) {
		@Override
		LockCommands commands(RedisConnectionFactory connections, Scripts scripts) {
			return new GetSetCommands(scripts, new RedisServers(connections), new GetSetKeys(""), RETENTION);
		}
	};

	private static final Duration RETENTION = Duration.ofMinutes(10);

	private final List<String> keys;

	private final List<String> settings;

	ScriptProtocol(List<String> keys, List<String> settings) {
		this.keys = keys;
		this.settings = settings;
	}

	abstract LockCommands commands(RedisConnectionFactory connections, Scripts scripts);

	List<String> keys() {
		return this.keys;
	}

	/** What every script is told after process and sequence number. */
	List<String> settings() {
		return this.settings;
	}

	/**
	 * Takes the scripts from the commands, as they would send them.
	 * @param connections connections to a server, which get no script
	 * @return the scripts by the names of the commands
	 */
	Map<String, RedisScript<String>> scripts(RedisConnectionFactory connections) {
		Map<String, RedisScript<String>> scripts = new TreeMap<>();
		record("acquire", scripts, connections, (commands, token) -> commands.acquire(request(token)));
		record("renew", scripts, connections, (commands, token) -> commands.renew("k", token, RETENTION));
		record("release", scripts, connections, (commands, token) -> commands.release("k", token));
		record("cancel", scripts, connections, (commands, token) -> commands.cancel("k", token));
		if (this == QUEUE) {
			record("yield", scripts, connections,
					(commands, token) -> commands.yield(token, request(new OwnerToken("a", 2)), false));
		}
		scripts.put("inspect", (this == QUEUE) ? QueueInspection.INSPECT : GetSetInspection.INSPECT);
		scripts.put("force", (this == QUEUE) ? QueueInspection.FORCE_RELEASE : GetSetInspection.FORCE_RELEASE);
		return scripts;
	}

	private void record(String name, Map<String, RedisScript<String>> scripts, RedisConnectionFactory connections,
			BiFunction<LockCommands, OwnerToken, Object> command) {
		AtomicReference<RedisScript<String>> sent = new AtomicReference<>();
		LockCommands commands = commands(connections, new Scripts((script, call) -> {
			sent.set(script);
			return new CompletableFuture<>();
		}, new Replicas(connections, 0)));
		command.apply(commands, new OwnerToken("a", 1));
		scripts.put(name, sent.get());
	}

	private static AcquireRequest request(OwnerToken token) {
		return new AcquireRequest("k", token, RETENTION, Duration.ZERO, 0);
	}

}
