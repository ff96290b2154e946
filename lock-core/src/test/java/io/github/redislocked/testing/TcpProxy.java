/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * A network that fails on demand: passes bytes on to a server, loses replies, or stands
 * still.
 */
public final class TcpProxy implements AutoCloseable {

	private final ServerSocket listener;

	private final int target;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final ReplyAim aim = new ReplyAim();

	private volatile Fate fate = Fate.PASS;

	private volatile long delayNanos;

	/**
	 * How often a reply was lost.
	 */
	private volatile int lost;

	/**
	 * Starts a proxy.
	 * @param target the port of a server on this machine
	 */
	public TcpProxy(int target) {
		this.target = target;
		try {
			this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	public int port() {
		return this.listener.getLocalPort();
	}

	/**
	 * Decides what becomes of replies from now on.
	 * @param next their fate
	 */
	public void fate(Fate next) {
		this.aim.clear();
		this.fate = next;
	}

	/**
	 * Has the reply to the next command of a kind lost, and its connection ended.
	 * @param beginning what such a command begins with, as it is sent
	 * @param how {@link Fate#LOSE_THEN_FIN} or {@link Fate#LOSE_THEN_RST}
	 */
	public void loseReplyTo(String beginning, Fate how) {
		this.aim.at(beginning, how);
	}

	/**
	 * Holds up replies from now on: what has come together goes on together, that much
	 * later.
	 * @param delay how long each time
	 */
	public void delay(Duration delay) {
		this.delayNanos = delay.toNanos();
	}

	public int lost() {
		return this.lost;
	}

	/**
	 * Resets all connections there are.
	 */
	public void reset() {
		for (Socket socket : this.sockets) {
			try {
				socket.setSoLinger(true, 0);
			}
			catch (IOException ex) {
				// It is closed already.
			}
			end(socket);
		}
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
		this.sockets.forEach(this::end);
	}

	private void accept() {
		try {
			while (true) {
				connect(this.listener.accept());
			}
		}
		catch (IOException ex) {
			// The proxy is closed.
		}
	}

	private void connect(Socket client) {
		this.sockets.add(client);
		try {
			Socket server = new Socket(InetAddress.getLoopbackAddress(), this.target);
			this.sockets.add(server);
			client.setTcpNoDelay(true);
			server.setTcpNoDelay(true);
			AtomicBoolean doomed = new AtomicBoolean();
			start(() -> pump(client, server, false, doomed));
			start(() -> pump(server, client, true, doomed));
		}
		catch (IOException ex) {
			// Nobody listens there now.
			end(client);
		}
	}

	private void pump(Socket from, Socket to, boolean replies, AtomicBoolean doomed) {
		byte[] buffer = new byte[65536];
		try {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
				while (this.fate.holds(replies) && !to.isClosed()) {
					LockSupport.parkNanos(1_000_000);
				}
				long end = System.nanoTime() + this.delayNanos;
				while (replies && end - System.nanoTime() > 0) {
					LockSupport.parkNanos(end - System.nanoTime());
				}
				if (replies && lose(to, doomed.get())) {
					break;
				}
				if (!replies && this.aim.hits(buffer, count)) {
					doomed.set(true);
				}
				if (this.fate == Fate.LOSE_MESSAGES && isMessage(buffer, count)
						|| this.fate == Fate.LOSE_COMMANDS && !replies) {
					continue;
				}
				out.write(buffer, 0, count);
				out.flush();
			}
		}
		catch (IOException ex) {
			// One side is closed.
		}
		end(from);
		end(to);
	}

	// What a subscriber is sent; replies to commands do not contain it.
	private static boolean isMessage(byte[] buffer, int count) {
		return new String(buffer, 0, count, StandardCharsets.ISO_8859_1).contains("$7\r\nmessage\r\n");
	}

	private synchronized boolean lose(Socket client, boolean aimedAt) throws IOException {
		if (aimedAt) {
			this.aim.end(client);
		}
		else if (this.fate != Fate.LOSE_THEN_FIN && this.fate != Fate.LOSE_THEN_RST) {
			return false;
		}
		else if (this.fate == Fate.LOSE_THEN_RST) {
			client.setSoLinger(true, 0);
		}
		this.lost++;
		this.fate = Fate.PASS;
		return true;
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "tcp-proxy");
		thread.setDaemon(true);
		thread.start();
	}

	private void end(Socket socket) {
		this.sockets.remove(socket);
		try {
			socket.close();
		}
		catch (IOException ex) {
			// It was closed already.
		}
	}

	/**
	 * What becomes of a reply.
	 */
	public enum Fate {

		/** It arrives. */
		PASS,

		/** The next one is lost, and the connection is closed properly. */
		LOSE_THEN_FIN,

		/** The next one is lost, and the connection is reset. */
		LOSE_THEN_RST,

		/** It arrives, but no message does that a subscriber is sent. */
		LOSE_MESSAGES,

		/** There is none, as no command arrives. */
		LOSE_COMMANDS,

		/** None arrives until the fate is changed; then all do. */
		HOLD,

		/** None comes, as no command arrives until the fate is changed; then all do. */
		HOLD_COMMANDS,

		/** Nothing arrives, either way, until the fate is changed; then all does. */
		HOLD_ALL;

		private boolean holds(boolean replies) {
			return this == HOLD_ALL || this == (replies ? HOLD : HOLD_COMMANDS);
		}

	}

}
