/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import redis.embedded.Redis;
import redis.embedded.RedisServer;

/**
 * A real Redis in a process of its own, from the binary in the jar of embedded-redis.
 * That library could also start it, but then stops it as soon as the JVM is told to end,
 * while the application still has requests to finish and locks to give back.
 */
final class EmbeddedRedis implements AutoCloseable {

	static final String HOST = "127.0.0.1";

	private final Process process;

	private final int port;

	private EmbeddedRedis(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	/**
	 * Starts a Redis on a free port and waits until it is ready.
	 */
	static EmbeddedRedis start() throws IOException {
		int port = freePort();
		List<String> command = RedisServer.newRedisServer()
			.bind(HOST)
			.port(port)
			.setting("save \"\"")
			.setting("appendonly no")
			.buildCommandArgs();
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		awaitReady(process);
		return new EmbeddedRedis(process, port);
	}

	private static void awaitReady(Process process) throws IOException {
		List<String> lines = new ArrayList<>();
		try (BufferedReader output = process.inputReader()) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				if (Redis.SERVER_READY_PATTERN.matcher(line).matches()) {
					return;
				}
				lines.add(line);
			}
		}
		process.destroyForcibly();
		throw new IOException(
				"The embedded Redis did not start; set spring.data.redis.host to use another one. It said: "
						+ String.join(System.lineSeparator(), lines));
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	int port() {
		return this.port;
	}

	boolean isRunning() {
		return this.process.isAlive();
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
