/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.observation;

import io.github.redislocked.observation.LockObservationDocumentation.HighCardinality;
import io.micrometer.common.KeyValues;

/**
 * The names and tags of the observations of callers on their way to a lock, unless the
 * application has others: see {@link LockObservationDocumentation#ACQUIRE}.
 *
 * @since 0.1.0
 */
public class DefaultLockAcquireObservationConvention implements LockAcquireObservationConvention {

	private final boolean keys;

	/**
	 * Creates the convention.
	 * @param keys whether the keys of the locks are in traces
	 */
	public DefaultLockAcquireObservationConvention(boolean keys) {
		this.keys = keys;
	}

	@Override
	public String getName() {
		return "redis.lock.acquire";
	}

	@Override
	public String getContextualName(LockAcquireObservationContext context) {
		return "acquire " + Names.orLock(context.getLockName());
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(LockAcquireObservationContext context) {
		return KeyValues.of(Names.tag(context.getLockName()), Names.outcome(context.getOutcome()));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(LockAcquireObservationContext context) {
		return this.keys ? KeyValues.of(HighCardinality.KEY.withValue(context.getKey())) : KeyValues.empty();
	}

}
