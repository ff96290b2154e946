/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked;

/**
 * Whether a lease is renewed while its holder works.
 *
 * @since 0.1.0
 */
public enum Renewal {

	/**
	 * Renewed unless an expire was given: who names a lease time gets exactly that time,
	 * who names none gets a lease that lasts as long as the work. The default.
	 */
	AUTO,

	/**
	 * Renewed, whether an expire was given or not.
	 */
	ALWAYS,

	/**
	 * Not renewed: the lease ends after its expire, at the latest.
	 */
	NEVER;

	/**
	 * Returns whether a lease is to be renewed.
	 * @param expireGiven whether its holder named a lease time
	 * @return {@code true} if the lease is renewed while it is held
	 */
	public boolean renews(boolean expireGiven) {
		return this == ALWAYS || (this == AUTO && !expireGiven);
	}

}
