/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

/**
 * The rights that {@code docs/security.md} tells people to give, for tests in other
 * packages.
 */
public final class DocumentedRights {

	private DocumentedRights() {
	}

	/**
	 * Returns the rights for the default protocol and prefix.
	 * @return rules of an ACL
	 */
	public static String rules() {
		return LockRights.QUEUE.rules("redis-lock:");
	}

	/**
	 * Returns the rights for the protocol {@code getset}, with an empty prefix, which is
	 * every key.
	 * @return rules of an ACL
	 */
	public static String rulesOfGetSet() {
		return LockRights.GETSET.rules("");
	}

}
