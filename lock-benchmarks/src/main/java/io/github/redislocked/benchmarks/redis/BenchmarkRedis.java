/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.redis;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import redis.embedded.Redis;
import redis.embedded.RedisServer;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.core.RedisServerBuilder;

/**
 * A Redis for one run: the embedded binary, with {@code -Dredis.server=path} the
 * {@code redis-server} of the PATH, or the one whose path that property is. Without
 * persistence, as nothing of it is measured.
 */
public final class BenchmarkRedis implements AutoCloseable {

	private final Process process;

	private final int port;

	private BenchmarkRedis(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	/**
	 * Starts a server on a free port and waits until it is ready.
	 * @return the server
	 */
	public static BenchmarkRedis start() {
		try {
			int port = freePort();
			RedisServerBuilder builder = RedisServer.newRedisServer().bind("127.0.0.1").port(port);
			builder.setting("save \"\"").setting("appendonly no");
			String server = System.getProperty("redis.server", "embedded");
			if (server.equals("path")) {
				builder.executableProvider(ExecutableProvider.newExecutableInPath("redis-server"));
			}
			else if (!server.equals("embedded")) {
				builder.executableProvider(() -> new File(server));
			}
			Process process = new ProcessBuilder(builder.buildCommandArgs()).redirectErrorStream(true).start();
			Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
			awaitReady(process);
			return new BenchmarkRedis(process, port);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void awaitReady(Process process) throws IOException {
		List<String> lines = new ArrayList<>();
		BufferedReader output = process.inputReader();
		for (String line = output.readLine(); line != null; line = output.readLine()) {
			if (Redis.SERVER_READY_PATTERN.matcher(line).matches()) {
				return;
			}
			lines.add(line);
		}
		throw new IOException("Redis did not start. It said: " + String.join(System.lineSeparator(), lines));
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	/**
	 * Returns where the server listens.
	 * @return the port on this machine
	 */
	public int port() {
		return this.port;
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			this.process.onExit().orTimeout(5, TimeUnit.SECONDS).join();
		}
		catch (CompletionException ex) {
			this.process.destroyForcibly();
		}
	}

}
