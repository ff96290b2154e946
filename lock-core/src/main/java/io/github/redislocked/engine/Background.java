/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import io.github.redislocked.store.LockCommands;
import io.github.redislocked.store.LockStore;

/**
 * How the store is asked where no caller waits with its thread: without blocking, if the
 * store can. An engine whose callers all block never does so, and needs no second
 * connection.
 */
final class Background {

	private final LockStore store;

	private volatile boolean used;

	Background(LockStore store) {
		this.store = store;
	}

	/**
	 * Returns the commands for callers that do not block.
	 * @return commands that do not block, if the store has such
	 */
	LockCommands forCallers() {
		this.used = true;
		return this.store.nonBlocking().orElse(this.store);
	}

	/**
	 * Returns the commands for what is closed on behalf of any caller. To open a
	 * connection only for that takes long just when much has to be closed: while Redis
	 * does not answer.
	 * @return commands as {@link #forCallers()} has them, once it has been asked
	 */
	LockCommands forClosings() {
		return this.used ? forCallers() : this.store;
	}

}
