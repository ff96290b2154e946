/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.interceptor;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

import io.github.redislocked.LockNotAcquiredException;
import org.aopalliance.intercept.MethodInvocation;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Leaves the method out.
 */
final class SkipAction implements TimeoutAction {

	private static final Log logger = LogFactory.getLog(SkipAction.class);

	private static final Map<Class<?>, Object> EMPTY = Map.of(Optional.class, Optional.empty(), OptionalInt.class,
			OptionalInt.empty(), OptionalLong.class, OptionalLong.empty(), OptionalDouble.class,
			OptionalDouble.empty());

	private final String name;

	private final @Nullable Object result;

	SkipAction(String name, Class<?> returnType) {
		this.name = name;
		this.result = EMPTY.get(returnType);
	}

	@Override
	public @Nullable Object apply(MethodInvocation call, LockNotAcquiredException timeout) {
		// The key and the holder stay out of the log: one may be personal, the other is a
		// right to release.
		logger.debug("Skipped " + this.name + ": its lock was not acquired in time");
		return this.result;
	}

}
