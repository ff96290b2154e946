/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.github.redislocked.testing.Ports;
import io.github.redislocked.testing.Signals;
import org.awaitility.Awaitility;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.embedded.core.ExecutableProvider;

/**
 * One process of Redis, a server or a sentinel, that can be killed, frozen and started
 * again: the embedded binary by default, the {@code redis-server} of the PATH with
 * {@code -Dredis.server=path}.
 */
public final class RedisProcess implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final Path directory;

	private final int port;

	private final List<String> command;

	private final Map<String, String> environment;

	private Process process;

	private RedisProcess(Path directory, int port, boolean sentinel, Map<String, String> environment,
			List<String> settings) {
		this.directory = directory;
		this.port = port;
		this.environment = environment;
		Path file = directory.resolve("redis-" + port + ".conf");
		this.command = new ArrayList<>(List.of(Executable.FILE.getPath(), file.toString()));
		List<String> lines = new ArrayList<>(List.of("port " + port, "bind 127.0.0.1", "dir " + directory));
		if (sentinel) {
			this.command.add("--sentinel");
		}
		else {
			lines.addAll(List.of("save \"\"", "appendonly no", "repl-diskless-sync-delay 0"));
		}
		lines.addAll(settings);
		try {
			Files.write(file, lines);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.process = launch();
		Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
	}

	/**
	 * Starts a server that keeps nothing on its disk.
	 * @param directory where its files are
	 * @param settings lines of redis.conf
	 * @return the server
	 */
	public static RedisProcess server(Path directory, String... settings) {
		return server(directory, Map.of(), settings);
	}

	/**
	 * Starts a server that keeps nothing on its disk.
	 * @param directory where its files are
	 * @param environment variables of its environment
	 * @param settings lines of redis.conf
	 * @return the server
	 */
	public static RedisProcess server(Path directory, Map<String, String> environment, String... settings) {
		return new RedisProcess(directory, Ports.next(), false, environment, List.of(settings));
	}

	/**
	 * Starts a sentinel.
	 * @param directory where its files are
	 * @param settings lines of sentinel.conf
	 * @return the sentinel
	 */
	public static RedisProcess sentinel(Path directory, String... settings) {
		return new RedisProcess(directory, Ports.next(), true, Map.of(), List.of(settings));
	}

	public int port() {
		return this.port;
	}

	public String address() {
		return "127.0.0.1:" + this.port;
	}

	/**
	 * Asks this process, whatever it is responsible for.
	 * @param <T> type of the answer
	 * @param question what to ask
	 * @return the answer
	 */
	public <T> T ask(Function<Jedis, T> question) {
		try (Jedis connection = connect()) {
			return question.apply(connection);
		}
	}

	/**
	 * Opens a connection.
	 * @return the connection
	 */
	public Jedis connect() {
		return new Jedis("127.0.0.1", this.port, 5_000);
	}

	/**
	 * Asks what this process says of itself.
	 * @param section a section of {@code INFO}
	 * @return its fields
	 */
	public Map<String, String> info(String section) {
		Map<String, String> fields = new LinkedHashMap<>();
		for (String line : ask((redis) -> redis.info(section)).split("\\R")) {
			int colon = line.indexOf(':');
			if (colon > 0) {
				fields.put(line.substring(0, colon), line.substring(colon + 1));
			}
		}
		return fields;
	}

	public boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * Kills the process, as {@code kill -9} does.
	 */
	public void kill() {
		Signals.kill(this.process);
	}

	public void freeze() {
		Signals.freeze(this.process.pid());
	}

	public void thaw() {
		Signals.thaw(this.process.pid());
	}

	/**
	 * Starts a process again that was killed.
	 * @param settings further lines of redis.conf, which count for this time only
	 */
	public void restart(String... settings) {
		this.process = launch(settings);
	}

	@Override
	public void close() {
		kill();
	}

	private Process launch(String... settings) {
		ProcessBuilder builder = new ProcessBuilder(this.command);
		for (String setting : settings) {
			String[] words = setting.split(" ");
			words[0] = "--" + words[0];
			builder.command().addAll(List.of(words));
		}
		builder.environment().putAll(this.environment);
		builder.redirectErrorStream(true).redirectOutput(log());
		try {
			Process launched = builder.start();
			Awaitility.await().pollInterval(Duration.ofMillis(20)).atMost(PATIENCE).until(() -> answers(launched));
			return launched;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private ProcessBuilder.Redirect log() {
		return ProcessBuilder.Redirect.appendTo(this.directory.resolve("redis-" + this.port + ".log").toFile());
	}

	private boolean answers(Process launched) {
		if (!launched.isAlive()) {
			throw new IllegalStateException("Redis ended with " + launched.exitValue() + ", see " + log().file());
		}
		try {
			return ask(Jedis::ping).equals("PONG");
		}
		catch (JedisException ex) {
			return false;
		}
	}

	private static final class Executable {

		private static final File FILE = find();

		private static File find() {
			try {
				return "path".equals(System.getProperty("redis.server"))
						? ExecutableProvider.newExecutableInPath("redis-server").get()
						: ExecutableProvider.newJarResourceProvider().get();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
