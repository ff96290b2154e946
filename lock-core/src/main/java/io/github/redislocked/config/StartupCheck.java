/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

/**
 * What is done when the application starts and its Redis turns out unfit for locks: its
 * user lacks a right, it may evict keys, it is too old, its clock is wrong, or a command
 * may take longer than callers wait.
 *
 * @since 0.1.0
 */
public enum StartupCheck {

	/**
	 * Each finding is a warning in the log. Starting does not wait for them. The default.
	 */
	WARN,

	/**
	 * The application does not start; nor does it if Redis does not answer within ten
	 * seconds.
	 */
	FAIL,

	/**
	 * Nobody looks.
	 */
	OFF

}
