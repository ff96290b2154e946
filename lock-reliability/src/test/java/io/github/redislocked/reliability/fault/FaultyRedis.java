/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.redislocked.reliability.server.Address;
import io.github.redislocked.reliability.server.Servers;
import io.github.redislocked.testing.Ports;
import io.github.redislocked.testing.Signals;
import org.awaitility.Awaitility;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.embedded.core.ExecutableProvider;

/**
 * A Redis that can be killed, started again on its files, and frozen. Whoever breaks it
 * has a user of his own there, so that the clients' can lose its rights.
 */
public final class FaultyRedis implements Servers {

	private static final String ADMIN = "admin";

	private final int port = Ports.next();

	private final Path configuration;

	private Process process;

	private FaultyRedis(Path directory, List<String> settings) {
		this.configuration = directory.resolve("redis.conf");
		List<String> lines = new ArrayList<>(List.of("port " + this.port, "bind 127.0.0.1", "dir " + directory,
				"save \"\"", "user " + ADMIN + " on nopass ~* &* +@all"));
		lines.addAll(settings);
		try {
			Files.write(this.configuration, lines);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.process = launch();
		Runtime.getRuntime().addShutdownHook(new Thread(this::close));
	}

	/**
	 * Starts a server.
	 * @param directory where it keeps its files
	 * @param persistence what it keeps when it is killed
	 * @return the server
	 */
	public static FaultyRedis start(Path directory, Persistence persistence) {
		return new FaultyRedis(directory, persistence.settings());
	}

	public int port() {
		return this.port;
	}

	@Override
	public Address address() {
		return Address.ofServer(this.port);
	}

	@Override
	public List<Jedis> connect() {
		return List.of(admin());
	}

	/**
	 * Opens a connection that no fault touches but the end of the server.
	 * @return the connection
	 */
	public Jedis admin() {
		Jedis jedis = new Jedis("127.0.0.1", this.port, 10_000);
		jedis.auth(ADMIN, ADMIN);
		return jedis;
	}

	/**
	 * Waits until the operating system is given for the file what is acknowledged from
	 * now on. While the disk is busy, a server that synchronizes every second puts that
	 * off for up to two seconds, and all of it would be lost with the server: no promise
	 * covers that.
	 */
	void awaitFile() {
		try (Jedis jedis = admin()) {
			Awaitility.await()
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(5))
				.atMost(Duration.ofSeconds(30))
				.until(() -> !jedis.info("persistence").contains("aof_pending_bio_fsync:1"));
		}
	}

	/**
	 * Kills the server.
	 */
	public void kill() {
		Signals.kill(this.process);
	}

	/**
	 * Starts the server again, and waits until it serves.
	 */
	public void restart() {
		this.process = launch();
	}

	/**
	 * Freezes the server.
	 */
	public void freeze() {
		Signals.freeze(this.process.pid());
	}

	/**
	 * Thaws the server.
	 */
	public void thaw() {
		Signals.thaw(this.process.pid());
	}

	private Process launch() {
		try {
			ProcessBuilder builder = new ProcessBuilder(executable(), this.configuration.toString())
				.redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD);
			Process launched = builder.start();
			Awaitility.await()
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(5))
				.atMost(Duration.ofSeconds(30))
				.until(() -> serves(launched));
			return launched;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private boolean serves(Process launched) {
		if (!launched.isAlive()) {
			throw new IllegalStateException("Redis ended with " + launched.exitValue());
		}
		try (Jedis jedis = admin()) {
			return "PONG".equals(jedis.ping());
		}
		catch (JedisConnectionException | JedisDataException ex) {
			return false;
		}
	}

	private static String executable() {
		return "path".equals(System.getProperty("redis.server")) ? "redis-server" : Embedded.PATH;
	}

	@Override
	public void close() {
		kill();
	}

	private static final class Embedded {

		private static final String PATH = unpack();

		private static String unpack() {
			try {
				return ExecutableProvider.newJarResourceProvider().get().getPath();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
