/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.io.Serial;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A {@link io.github.redislocked.annotation.RedisLocked @RedisLocked} that could not work
 * as it is written. Thrown when the bean is created, so that nobody relies on a lock that
 * is not there.
 *
 * @since 0.1.0
 */
public final class InvalidRedisLockedException extends IllegalArgumentException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final Class<?> beanClass;

	private final @Nullable String method;

	private final @Nullable String attribute;

	private final @Nullable String value;

	private final String problem;

	private final String action;

	InvalidRedisLockedException(LockedPlace place, @Nullable String attribute, @Nullable String value, String problem,
			String action, @Nullable Throwable cause) {
		super("@RedisLocked on %s%s: %s. %s".formatted(place,
				(attribute != null) ? ", " + attribute + " = \"" + value + "\"" : "", problem, action), cause);
		this.beanClass = place.targetClass();
		this.method = place.signature();
		this.attribute = attribute;
		this.value = value;
		this.problem = problem;
		this.action = action;
	}

	/**
	 * Returns the class of the bean.
	 * @return the class, which may have inherited the annotation
	 */
	public Class<?> beanClass() {
		return this.beanClass;
	}

	/**
	 * Returns the method in question.
	 * @return its name and the simple names of its parameter types, or empty if it is the
	 * class as a whole
	 */
	public Optional<String> method() {
		return Optional.ofNullable(this.method);
	}

	/**
	 * Returns the attribute of the annotation in question.
	 * @return the name of the attribute, or empty if it is the annotation as a whole
	 */
	public Optional<String> attribute() {
		return Optional.ofNullable(this.attribute);
	}

	/**
	 * Returns what the attribute says.
	 * @return the value, placeholders resolved where they could be, or empty if there is
	 * no attribute
	 */
	public Optional<String> value() {
		return Optional.ofNullable(this.value);
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
