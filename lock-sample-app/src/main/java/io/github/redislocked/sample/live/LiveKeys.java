/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

/**
 * What the page has in Redis, in one hash slot. All of it expires.
 */
final class LiveKeys {

	/**
	 * A stream: what has been told since the last show began.
	 */
	static final String EVENTS = "{live}:events";

	/**
	 * A hash: the product of the show, and how many were sold.
	 */
	static final String SHELF = "{live}:shelf";

	/**
	 * A channel: something has been told, read on.
	 */
	static final String CHANNEL = "{live}:told";

	private LiveKeys() {
	}

}
