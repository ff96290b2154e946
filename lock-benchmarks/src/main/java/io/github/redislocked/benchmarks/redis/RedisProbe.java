/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.redis;

import java.util.Arrays;
import java.util.List;
import java.util.Properties;

import io.github.redislocked.benchmarks.candidate.Connections;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Asks Redis what it has done and what it holds, on a connection of its own.
 */
public final class RedisProbe implements AutoCloseable {

	private static final RedisScript<Long> CHANNELS = RedisScript
		.of("return #redis.call('PUBSUB', 'CHANNELS') + redis.call('PUBSUB', 'NUMPAT')", Long.class);

	private final LettuceConnectionFactory connections;

	private final StringRedisTemplate redis;

	/**
	 * Opens the connection.
	 * @param port where Redis listens on this machine
	 */
	public RedisProbe(int port) {
		this.connections = Connections.lettuce(port);
		this.redis = new StringRedisTemplate(this.connections);
	}

	/**
	 * Reads how much Redis has done so far.
	 * @return the counters
	 */
	public RedisWork work() {
		Properties commands = info("commandstats");
		Properties stats = info("stats");
		long all = commands.values().stream().mapToLong((line) -> calls(line.toString())).sum();
		return new RedisWork(calls(commands, "eval") + calls(commands, "evalsha"), all,
				number(stats, "total_reads_processed"), number(stats, "total_net_input_bytes"),
				number(stats, "total_net_output_bytes"));
	}

	/**
	 * Returns one line of what Redis says of itself.
	 * @param section the section of {@code INFO}
	 * @param name the name of the line
	 * @return its value
	 */
	public String info(String section, String name) {
		return info(section).getProperty(name, "");
	}

	/**
	 * Counts subscriptions.
	 * @return channels and patterns that somebody has subscribed to
	 */
	public long subscriptions() {
		Long number = this.redis.execute(CHANNELS, List.of());
		return (number != null) ? number : 0;
	}

	/**
	 * Counts the keys.
	 * @return all keys
	 */
	public long keys() {
		return keyspace(0);
	}

	/**
	 * Counts the keys that do not vanish by themselves.
	 * @return the keys without a time to live
	 */
	public long keysForEver() {
		return keyspace(0) - keyspace(1);
	}

	/**
	 * Returns how much memory Redis uses.
	 * @return the bytes
	 */
	public long memory() {
		return Long.parseLong(info("memory", "used_memory"));
	}

	/**
	 * Deletes everything.
	 */
	public void flush() {
		try (RedisConnection connection = this.connections.getConnection()) {
			connection.serverCommands().flushAll();
		}
	}

	@Override
	public void close() {
		this.connections.destroy();
	}

	private Properties info(String section) {
		try (RedisConnection connection = this.connections.getConnection()) {
			Properties properties = connection.serverCommands().info(section);
			return (properties != null) ? properties : new Properties();
		}
	}

	// The line of a database: keys=3,expires=3,avg_ttl=1000
	private long keyspace(int field) {
		String line = info("keyspace", "db0");
		return line.isEmpty() ? 0 : Long.parseLong(Arrays.asList(line.split(",")).get(field).split("=")[1]);
	}

	private static long calls(Properties commands, String command) {
		return calls(commands.getProperty("cmdstat_" + command, "calls=0"));
	}

	private static long calls(String line) {
		return Long.parseLong(line.replaceAll("^calls=(\\d+).*", "$1"));
	}

	private static long number(Properties properties, String name) {
		return Long.parseLong(properties.getProperty(name, "0"));
	}

}
