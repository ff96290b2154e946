/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

/**
 * What a visitor can ask for.
 */
enum ShowKind {

	/**
	 * 200 buyers at once, for 100 items.
	 */
	BUYERS,

	/**
	 * The holder is frozen beyond its lease, and thawed.
	 */
	FREEZE,

	/**
	 * The holder is killed.
	 */
	KILL,

	/**
	 * Four contenders for one lock.
	 */
	CONTEST

}
