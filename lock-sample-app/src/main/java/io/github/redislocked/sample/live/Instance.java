/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.springframework.core.env.Environment;

/**
 * This process, as it is called on the page and in the owner tokens of its locks.
 *
 * @param name host and process id, or what {@code redis-lock.instance-id} says
 */
record Instance(String name) {

	static Instance of(Environment environment) {
		String label = environment.getProperty("redis-lock.instance-id", "");
		return new Instance(label.isBlank() ? hostAndProcess() : label);
	}

	private static String hostAndProcess() {
		return host() + ":" + ProcessHandle.current().pid();
	}

	private static String host() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			return "unknown";
		}
	}

}
