/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

import java.io.Serial;

/**
 * The application's beans do not say which Redis the locks are kept in.
 *
 * @since 0.1.0
 */
public final class LockSetupException extends IllegalStateException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String problem;

	private final String action;

	LockSetupException(String problem, String action, Throwable cause) {
		super(problem + ". " + action, cause);
		this.problem = problem;
		this.action = action;
	}

	/**
	 * Returns what is wrong.
	 * @return the problem, without a full stop
	 */
	public String problem() {
		return this.problem;
	}

	/**
	 * Returns what to do about it.
	 * @return a whole sentence
	 */
	public String action() {
		return this.action;
	}

}
