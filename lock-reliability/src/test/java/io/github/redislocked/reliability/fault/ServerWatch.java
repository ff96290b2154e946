/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.fault;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import io.github.redislocked.reliability.history.Span;
import io.github.redislocked.reliability.server.Servers;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Notices when a server that stands alone is late with an answer: it waits for its disk,
 * or for the processor.
 */
final class ServerWatch implements AutoCloseable {

	private static final Duration INTERVAL = Duration.ofMillis(100);

	private static final Duration LATE = Duration.ofMillis(200);

	private final Servers servers;

	private final Consumer<Span> told;

	private volatile boolean closed;

	/**
	 * Watches from now on, unless there are several servers.
	 * @param servers the servers
	 * @param told who is told of each time without an answer, on another thread
	 */
	ServerWatch(Servers servers, Consumer<Span> told) {
		this.servers = servers;
		this.told = told;
		if (servers.address().isOneServer()) {
			Thread thread = new Thread(this::watch, "server-watch");
			thread.setDaemon(true);
			thread.start();
		}
	}

	private void watch() {
		while (!this.closed) {
			LockSupport.parkNanos(INTERVAL.toNanos());
			long begin = System.nanoTime();
			ask();
			long end = System.nanoTime();
			if (end - begin > LATE.toNanos()) {
				this.told.accept(new Span(begin, end));
			}
		}
	}

	private void ask() {
		try (Jedis server = this.servers.connect().get(0)) {
			server.ping();
		}
		catch (JedisException ex) {
			// One that is dead says so at once.
		}
	}

	@Override
	public void close() {
		this.closed = true;
	}

}
