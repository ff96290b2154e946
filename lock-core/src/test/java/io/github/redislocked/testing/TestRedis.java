/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

import org.awaitility.Awaitility;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * A real Redis for tests, of the {@linkplain RedisExecutable chosen} kind.
 */
public final class TestRedis implements AutoCloseable {

	private final RedisServer server;

	private final int port;

	private TestRedis(RedisServer server, int port) {
		this.server = server;
		this.port = port;
	}

	/**
	 * Returns the server that all tests of this JVM share; it ends with the JVM.
	 * @return the shared server
	 */
	public static TestRedis shared() {
		return Shared.INSTANCE;
	}

	/**
	 * Starts a server of the test's own.
	 * @param settings lines of redis.conf
	 * @return the server, to be closed by the test
	 */
	public static TestRedis start(String... settings) {
		return startOn(Ports.next(), settings);
	}

	/**
	 * Starts a server of the test's own on a given port.
	 * @param port the port
	 * @param settings lines of redis.conf
	 * @return the server, to be closed by the test
	 */
	public static TestRedis startOn(int port, String... settings) {
		try {
			RedisServerBuilder builder = RedisServer.newRedisServer().port(port).bind("127.0.0.1");
			builder.setting("save \"\"").setting("appendonly no");
			RestrictedUser.settings().forEach(builder::setting);
			for (String setting : settings) {
				builder.setting(setting);
			}
			RedisServer server = builder.executableProvider(RedisExecutable.chosen()).build();
			server.start();
			TestRedis redis = new TestRedis(server, port);
			Runtime.getRuntime().addShutdownHook(new Thread(redis::close));
			return redis;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public int port() {
		return this.port;
	}

	/**
	 * Asks the server for the id of its process.
	 * @return the process id, for {@link Signals}
	 */
	public long pid() {
		Properties info = template()
			.execute((RedisConnection connection) -> connection.serverCommands().info("server"));
		if (info == null) {
			throw new IllegalStateException("The server says nothing about itself");
		}
		return Long.parseLong(info.getProperty("process_id"));
	}

	/**
	 * Runs a script or command sequence as an independent client would, on a connection
	 * of its own.
	 * @return a template on a new Lettuce connection factory, of a user who may do
	 * everything
	 */
	public StringRedisTemplate template() {
		return new StringRedisTemplate(Driver.LETTUCE.connect(new RedisStandaloneConfiguration("127.0.0.1", this.port),
				Duration.ofSeconds(10)));
	}

	/**
	 * Opens connections through a driver.
	 * @param driver the driver
	 * @return a started connection factory, ended with the JVM unless the test does so
	 * earlier
	 */
	public RedisConnectionFactory connect(Driver driver) {
		return driver.connect(this.port);
	}

	/**
	 * Reads how often each command was called since the last {@code CONFIG RESETSTAT}.
	 * @param template a template on this server
	 * @param command lower case name of the command
	 * @return the calls
	 */
	public static long calls(StringRedisTemplate template, String command) {
		Properties stats = template
			.execute((RedisConnection connection) -> connection.serverCommands().info("commandstats"));
		String line = (stats != null) ? stats.getProperty("cmdstat_" + command) : null;
		return (line != null) ? Long.parseLong(line.replaceAll("^calls=(\\d+),.*", "$1")) : 0;
	}

	/**
	 * Forgets how often each command was called.
	 * @param template a template on the server
	 */
	public static void resetStatistics(StringRedisTemplate template) {
		template.execute((RedisConnection connection) -> {
			connection.serverCommands().resetConfigStats();
			return null;
		});
	}

	/**
	 * Counts the channels that have a subscriber.
	 * @param template a template on the server
	 * @param pattern which channels
	 * @return the number of channels
	 */
	public static long channels(StringRedisTemplate template, String pattern) {
		return template.execute(RedisScript.of("return #redis.call('PUBSUB', 'CHANNELS', ARGV[1])", Long.class),
				List.of(), pattern);
	}

	/**
	 * Waits until a key has so many waiters in its Redis queue.
	 * @param template a template on the server
	 * @param key the key, without characters that are escaped
	 * @param waiters the number of waiters
	 */
	public static void awaitWaiters(StringRedisTemplate template, String key, long waiters) {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.until(() -> Long.valueOf(waiters).equals(template.opsForZSet().size("redis-lock:{" + key + "}:queue")));
	}

	@Override
	public void close() {
		try {
			this.server.stop();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static final class Shared {

		private static final TestRedis INSTANCE = start();

	}

}
