/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.fault;

import io.github.redislocked.testing.TcpProxy;

/**
 * Kinds of commands that a network can tell apart, by how many arguments their scripts
 * are sent with.
 */
enum Command {

	/** An attempt to take a lock. */
	ACQUIRE("an acquire", 15),

	/** The end of a lease, or of an attempt. */
	RELEASE("a release", 12),

	/** A renewal. */
	RENEW("a renewal", 13);

	private final String words;

	private final String beginning;

	Command(String words, int parts) {
		this.words = words;
		this.beginning = "*" + parts + "\r\n$7\r\nEVALSHA\r\n";
	}

	String words() {
		return this.words;
	}

	/**
	 * Loses the reply to the next command of this kind, if there is one soon.
	 * @param network between the process and Redis
	 * @param how how the connection ends
	 * @param site where it strikes
	 * @return whether there was one
	 */
	boolean loseReply(TcpProxy network, TcpProxy.Fate how, Site site) throws InterruptedException {
		int before = network.lost();
		network.loseReplyTo(this.beginning, how);
		for (int i = 0; i < 50 && network.lost() == before; i++) {
			site.pause(10);
		}
		network.fate(TcpProxy.Fate.PASS);
		return network.lost() > before;
	}

}
