/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import io.github.redislocked.store.OwnerToken;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Tells the operators what becomes of a lock. Nothing else in the engine does, so this is
 * where events belong.
 *
 * @param key what is locked
 * @param token the owner token
 */
record LockNotices(String key, OwnerToken token) {

	private static final Log logger = LogFactory.getLog(LockNotices.class);

	/**
	 * The lock is lost.
	 * @param reason how that is known, a clause
	 */
	void lost(String reason) {
		warn("A lock was lost: " + reason);
	}

	/**
	 * The lock was lost while its holder worked, which nobody noticed before the holder
	 * had gone.
	 */
	void lostUnnoticed() {
		logger.error("A lock was lost before it was released, as the repeated release has found out: "
				+ "what was done under it may not have been exclusive. Its holder was not told");
		detail();
	}

	/**
	 * The release came too late to learn whether the lock was held to the end.
	 */
	void ranOutUnreleased() {
		warn("A lock was not given back in time: its lease had run out meanwhile when the repeated release was answered. "
				+ "Whether what was done under it was exclusive to the end cannot be told any more");
	}

	/**
	 * The lock may be lost soon. Told once per acquisition.
	 */
	void endangered() {
		warn("A lock may be lost soon: it could not be renewed for two thirds of its lease");
	}

	/**
	 * The lock is left to run out. Told once per acquisition.
	 */
	void forgotten() {
		warn("A lease was not closed, and its holder is gone: the threads that held it have ended, or nobody can reach it"
				+ " any more. It is not renewed any longer, unless a thread takes it over");
	}

	private void warn(String message) {
		logger.warn(message);
		detail();
	}

	// Keys may hold personal data, and tokens are a right to release.
	private void detail() {
		if (logger.isDebugEnabled()) {
			logger.debug("That was lock '%s' of %s".formatted(this.key, this.token));
		}
	}

}
