/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

import java.io.Serial;

/**
 * A setting has a value that cannot be used.
 *
 * @since 0.1.0
 */
public final class InvalidLockSettingException extends IllegalArgumentException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String property;

	private final String value;

	private final String requirement;

	InvalidLockSettingException(String name, String value, String requirement) {
		super("redis-lock.%s is '%s', but %s".formatted(name, value, requirement));
		this.property = "redis-lock." + name;
		this.value = value;
		this.requirement = requirement;
	}

	/**
	 * Returns which setting it is.
	 * @return the name of the property, such as {@code redis-lock.expire}
	 */
	public String property() {
		return this.property;
	}

	/**
	 * Returns what it is set to.
	 * @return the value, as a user could have written it
	 */
	public String value() {
		return this.value;
	}

	/**
	 * Returns what a value must be like.
	 * @return the end of a sentence about the property, without a full stop
	 */
	public String requirement() {
		return this.requirement;
	}

}
