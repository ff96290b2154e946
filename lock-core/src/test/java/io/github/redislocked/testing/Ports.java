/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of servers that are stopped, and perhaps started again: none is given out twice,
 * because clients of a server that is gone go on knocking at its port, and the system
 * gives none of them to an outgoing connection.
 */
public final class Ports {

	/** The bus of a cluster listens 10,000 ports higher. */
	private static final int FIRST = 10_000;

	private static final int COUNT = 10_000;

	// Processes that run at the same time begin at different places.
	private static final AtomicInteger NEXT = new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

	private Ports() {
	}

	/**
	 * Chooses a port.
	 * @return a port at which nobody listens
	 */
	public static int next() {
		while (true) {
			int port = FIRST + NEXT.getAndIncrement() % COUNT;
			try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
				return socket.getLocalPort();
			}
			catch (IOException ex) {
				// Somebody else's.
			}
		}
	}

}
