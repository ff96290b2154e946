/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.fault;

import java.util.List;

/**
 * What a server keeps when it is killed.
 */
public enum Persistence {

	/** Everything it has answered; synchronized to the disk every second. */
	EVERY_SECOND("append-only file, every second", "appendonly yes", "appendfsync everysec"),

	/** Everything it has answered; synchronized to the disk each time. */
	ALWAYS("append-only file, always", "appendonly yes", "appendfsync always"),

	/** Nothing. */
	NONE("nothing kept", "appendonly no");

	private final String words;

	private final List<String> settings;

	Persistence(String words, String... settings) {
		this.words = words;
		this.settings = List.of(settings);
	}

	String words() {
		return this.words;
	}

	List<String> settings() {
		return this.settings;
	}

}
