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
	 * The lock may be lost soon. Told once per acquisition.
	 */
	void endangered() {
		warn("A lock may be lost soon: it could not be renewed for two thirds of its lease");
	}

	/**
	 * The lock is left to run out.
	 */
	void forgotten() {
		warn("A lease was not closed, and its holder is gone: the threads that held it have ended, or nobody can reach it"
				+ " any more. It is not renewed any longer");
	}

	// Keys may hold personal data, and tokens are a right to release.
	private void warn(String message) {
		logger.warn(message);
		if (logger.isDebugEnabled()) {
			logger.debug("That was lock '%s' of %s".formatted(this.key, this.token));
		}
	}

}
