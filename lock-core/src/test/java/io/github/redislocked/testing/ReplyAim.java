/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.testing;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * The kind of command whose reply a {@link TcpProxy} is to lose next.
 */
final class ReplyAim {

	/** What comes first may be the reply to a command before it. */
	private static final long TIME_TO_RUN = 2_000_000;

	private volatile @Nullable String beginning;

	private volatile TcpProxy.Fate ending = TcpProxy.Fate.LOSE_THEN_FIN;

	void at(String next, TcpProxy.Fate how) {
		this.ending = how;
		this.beginning = next;
	}

	void clear() {
		this.beginning = null;
	}

	/**
	 * Looks at commands on their way, until there was one of the kind.
	 * @param buffer the commands
	 * @param count how many bytes they have
	 * @return whether it is one of these whose reply is to be lost
	 */
	boolean hits(byte[] buffer, int count) {
		if (this.beginning == null) {
			return false;
		}
		String commands = new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
		synchronized (this) {
			String wanted = this.beginning;
			if (wanted == null || !commands.contains(wanted)) {
				return false;
			}
			this.beginning = null;
			return true;
		}
	}

	/**
	 * Prepares the end of a connection, once the server has had the time for the command.
	 * @param client the client's side of it, still to be closed
	 * @throws IOException if it is closed already
	 */
	void end(Socket client) throws IOException {
		LockSupport.parkNanos(TIME_TO_RUN);
		if (this.ending == TcpProxy.Fate.LOSE_THEN_RST) {
			client.setSoLinger(true, 0);
		}
	}

}
