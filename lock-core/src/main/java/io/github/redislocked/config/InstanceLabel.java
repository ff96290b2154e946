/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Names this process where none was given: {@code host:pid}.
 */
final class InstanceLabel {

	private static final int LONGEST_HOST = 80;

	private InstanceLabel() {
	}

	static String ofThisProcess() {
		return of(host(), ProcessHandle.current().pid());
	}

	static String of(String host, long pid) {
		String label = host.replaceAll("[^!-~]", "-");
		return label.substring(0, Math.min(label.length(), LONGEST_HOST)) + ":" + pid;
	}

	private static String host() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException | RuntimeException ex) {
			// Its name is only for people who look into Redis.
			return "unknown";
		}
	}

}
