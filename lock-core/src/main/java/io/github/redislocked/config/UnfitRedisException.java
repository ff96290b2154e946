/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.config;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

import io.github.redislocked.store.redis.RedisFinding;

/**
 * The application's Redis is not fit for locks, and {@code redis-lock.startup-check} is
 * {@code fail}.
 *
 * @since 0.1.0
 */
public final class UnfitRedisException extends IllegalStateException {

	@Serial
	private static final long serialVersionUID = 1L;

	@SuppressWarnings("serial") // of immutable lists, which are serializable
	private final List<String> problems;

	@SuppressWarnings("serial")
	private final List<String> actions;

	UnfitRedisException(List<RedisFinding> findings) {
		super(findings.stream().map(RedisFinding::toString).collect(Collectors.joining(" ")));
		this.problems = findings.stream().map(RedisFinding::problem).toList();
		this.actions = findings.stream().map(RedisFinding::action).toList();
	}

	/**
	 * Returns what is wrong.
	 * @return the problems, each a sentence without a full stop
	 */
	public List<String> problems() {
		return this.problems;
	}

	/**
	 * Returns what to do about it.
	 * @return a whole sentence for each problem, in the same order
	 */
	public List<String> actions() {
		return this.actions;
	}

}
