/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import io.github.redislocked.LoggedText;

/**
 * Something about a Redis that stands in the way of locks.
 *
 * @param problem what is wrong and where, a sentence without a full stop
 * @param action how to mend it, a whole sentence
 * @since 0.1.0
 */
public record RedisFinding(String problem, String action) {

	/**
	 * Creates a finding.
	 */
	public RedisFinding {
		problem = LoggedText.of(problem);
		action = LoggedText.of(action);
	}

	@Override
	public String toString() {
		return this.problem + ". " + this.action;
	}

}
