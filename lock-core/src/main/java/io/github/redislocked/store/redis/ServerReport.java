/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server says about itself, as far as locks depend on it.
 *
 * @param where which server it is, for messages
 * @param info its answer to INFO
 */
record ServerReport(String where, Properties info) {

	private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

	private static final int OLDEST_MAJOR = 6;

	private static final int OLDEST_MINOR = 2;

	private static final String NO_EVICTION = "noeviction";

	List<RedisFinding> findings() {
		List<RedisFinding> findings = new ArrayList<>();
		String version = this.info.getProperty("redis_version", "");
		if (isTooOld(version)) {
			findings.add(new RedisFinding(
					"%s runs version %s, older than the oldest that locks are tested on".formatted(this.where, version),
					"Update it to 6.2 or later."));
		}
		String policy = this.info.getProperty("maxmemory_policy", NO_EVICTION);
		if (!policy.equals(NO_EVICTION)) {
			findings.add(new RedisFinding(
					"%s evicts keys when its memory is full (maxmemory-policy %s), and held locks with them"
						.formatted(this.where, policy),
					"Set maxmemory-policy to noeviction there, or keep locks on a server of their own."));
		}
		return findings;
	}

	private static boolean isTooOld(String version) {
		Matcher matcher = VERSION.matcher(version);
		if (!matcher.matches()) {
			return false;
		}
		int major = Integer.parseInt(matcher.group(1));
		return major < OLDEST_MAJOR || (major == OLDEST_MAJOR && Integer.parseInt(matcher.group(2)) < OLDEST_MINOR);
	}

}
