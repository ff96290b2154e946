/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.observation;

import java.util.Locale;

import io.github.redislocked.observation.LockObservationDocumentation.LowCardinality;
import io.micrometer.common.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * Names of locks and of outcomes, as tags have them.
 */
final class Names {

	private Names() {
	}

	static String orNone(@Nullable String lockName) {
		return (lockName != null && !lockName.isBlank()) ? lockName : KeyValue.NONE_VALUE;
	}

	static String orLock(@Nullable String lockName) {
		return (lockName != null && !lockName.isBlank()) ? lockName : "lock";
	}

	static KeyValue tag(@Nullable String lockName) {
		return LowCardinality.NAME.withValue(orNone(lockName));
	}

	// Meters of observations that have not ended yet need the tag, too.
	static KeyValue outcome(@Nullable Enum<?> outcome) {
		return LowCardinality.OUTCOME
			.withValue((outcome != null) ? outcome.name().toLowerCase(Locale.ROOT) : "unknown");
	}

}
