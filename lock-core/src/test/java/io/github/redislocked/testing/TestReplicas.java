/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;

/**
 * A primary and its replicas, which a test may freeze.
 */
public final class TestReplicas implements AutoCloseable {

	private final TestRedis primary;

	private final List<TestRedis> replicas = new ArrayList<>();

	private final List<Long> pids = new ArrayList<>();

	private final List<Long> frozen = new ArrayList<>();

	private final long primaryPid;

	/**
	 * Starts them, and waits until the replicas follow.
	 * @param count how many replicas
	 */
	public TestReplicas(int count) {
		this.primary = startPrimary(Ports.next());
		this.primaryPid = this.primary.pid();
		for (int i = 0; i < count; i++) {
			TestRedis replica = permitted(TestRedis.start("replicaof 127.0.0.1 " + this.primary.port()));
			this.replicas.add(replica);
			this.pids.add(replica.pid());
		}
		// A replica that is connected may not answer yet.
		try (Jedis client = new Jedis("127.0.0.1", this.primary.port())) {
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
				client.set("warm", "up");
				return client.waitReplicas(count, 100) >= count;
			});
		}
	}

	/**
	 * Starts a server that replicas may follow.
	 * @param port its port
	 * @return the server
	 */
	public static TestRedis startPrimary(int port) {
		return permitted(TestRedis.startOn(port, "repl-diskless-sync yes", "repl-diskless-sync-delay 0"));
	}

	// Gives the users of locks the right that waiting for replicas takes.
	private static TestRedis permitted(TestRedis server) {
		ask(server, "ACL", "SETUSER", RestrictedUser.NAME, "+wait");
		ask(server, "ACL", "SETUSER", RestrictedUser.NAME_FOR_GETSET, "+wait");
		return server;
	}

	public TestRedis primary() {
		return this.primary;
	}

	public TestRedis replica(int number) {
		return this.replicas.get(number);
	}

	/**
	 * Stops all replicas for now. What is sent to them waits in their sockets.
	 */
	public void freeze() {
		this.pids.forEach(this::freeze);
	}

	/**
	 * Stops the primary for now.
	 */
	public void freezePrimary() {
		freeze(this.primaryPid);
	}

	private void freeze(long pid) {
		Signals.freeze(pid);
		this.frozen.add(pid);
	}

	/**
	 * Cuts the connections of the replicas: what is written from now on, a frozen one
	 * never gets.
	 */
	public void cut() {
		ask(this.primary, "CLIENT", "KILL", "TYPE", "replica");
	}

	/**
	 * Lets all replicas go on that were stopped.
	 */
	public void thaw() {
		this.pids.stream().filter(this.frozen::remove).forEach(Signals::thaw);
	}

	/**
	 * Makes a replica a primary, as a fail-over does.
	 * @param number its number, from zero
	 */
	public void promote(int number) {
		ask(replica(number), "REPLICAOF", "NO", "ONE");
	}

	/**
	 * Asks a server.
	 * @param server the server
	 * @param command the command
	 * @param args its arguments
	 * @return the answer as text
	 */
	public static String ask(TestRedis server, String command, String... args) {
		try (Jedis client = new Jedis("127.0.0.1", server.port())) {
			Object answer = client.sendCommand(Protocol.Command.valueOf(command), args);
			return (answer instanceof byte[] bytes) ? new String(bytes) : String.valueOf(answer);
		}
	}

	@Override
	public void close() {
		this.frozen.forEach(Signals::thaw);
		this.frozen.clear();
		this.replicas.forEach(TestRedis::close);
		this.primary.close();
	}

}
