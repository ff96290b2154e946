/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.observation;

import io.github.redislocked.observation.LockObservationDocumentation.HighCardinality;
import io.micrometer.common.KeyValues;

/**
 * The names and tags of the observations of locks that are held, unless the application
 * has others: see {@link LockObservationDocumentation#HOLD}.
 *
 * @since 0.1.0
 */
public class DefaultLockHoldObservationConvention implements LockHoldObservationConvention {

	private final boolean keys;

	/**
	 * Creates the convention.
	 * @param keys whether the keys of the locks are in traces
	 */
	public DefaultLockHoldObservationConvention(boolean keys) {
		this.keys = keys;
	}

	@Override
	public String getName() {
		return "redis.lock.hold";
	}

	@Override
	public String getContextualName(LockHoldObservationContext context) {
		return "hold " + Names.orLock(context.getLockName());
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(LockHoldObservationContext context) {
		return KeyValues.of(Names.tag(context.getLockName()), Names.outcome(context.getOutcome()));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(LockHoldObservationContext context) {
		KeyValues token = KeyValues
			.of(HighCardinality.FENCING_TOKEN.withValue(Long.toString(context.getFencingToken())));
		return this.keys ? token.and(HighCardinality.KEY.withValue(context.getKey())) : token;
	}

}
