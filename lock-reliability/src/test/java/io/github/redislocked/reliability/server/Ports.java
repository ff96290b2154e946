/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of servers that are killed and started again: nobody else gets one meanwhile, as
 * none is given out twice, and the system gives none of them to a connection.
 */
public final class Ports {

	/** The bus of a cluster listens 10,000 ports higher. */
	private static final int FIRST = 10_000;

	private static final int COUNT = 10_000;

	// Rounds that run at the same time begin at different places.
	private static final AtomicInteger NEXT = new AtomicInteger((int) (ProcessHandle.current().pid() * 97 % COUNT));

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
