/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;

/**
 * How a property that cannot be used is reported.
 */
final class LockPropertyFailure {

	private LockPropertyFailure() {
	}

	static FailureAnalysis analysis(String property, @Nullable Object value, @Nullable Origin origin,
			String requirement, Throwable cause) {
		StringBuilder description = new StringBuilder("The property %s %s:%n".formatted(property, requirement));
		description.append("%n    Property: %s".formatted(property));
		description.append("%n    Value: \"%s\"".formatted(value));
		if (origin != null) {
			description.append("%n    Origin: %s".formatted(origin));
		}
		return new FailureAnalysis(description.toString(),
				"Correct the value, or remove the property to have its default.", cause);
	}

}
