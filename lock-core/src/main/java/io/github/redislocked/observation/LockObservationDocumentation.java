/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * The observations of locks.
 *
 * @since 0.1.0
 */
public enum LockObservationDocumentation implements ObservationDocumentation {

	/**
	 * A caller on its way to a lock, from the call until it has the lock or has failed.
	 * Of several locks that are asked for together, each has its own.
	 */
	ACQUIRE {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultLockAcquireObservationConvention.class;
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return new KeyName[] { HighCardinality.KEY };
		}

	},

	/**
	 * A lock that is held, from its acquisition until its holder gives it up, or it is
	 * lost. Beside that of the acquisition, not inside: both have the same parent.
	 */
	HOLD {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultLockHoldObservationConvention.class;
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return HighCardinality.values();
		}

	};

	@Override
	public KeyName[] getLowCardinalityKeyNames() {
		return LowCardinality.values();
	}

	/**
	 * Keys that meters and traces have.
	 */
	public enum LowCardinality implements KeyName {

		/**
		 * What kind of lock it is: the {@code name} of the annotation, by default
		 * {@code Class.method}; of a lock that is taken in code, the name that it is
		 * given, or {@code none}.
		 */
		NAME {

			@Override
			public String asString() {
				return "name";
			}

		},

		/**
		 * Of a caller: {@code acquired}, {@code reentrant}, {@code timeout},
		 * {@code cancelled} or {@code error}; of a lock that is held: {@code released} or
		 * {@code lost}. Before the end {@code unknown}.
		 */
		OUTCOME {

			@Override
			public String asString() {
				return "outcome";
			}

		}

	}

	/**
	 * Keys that only traces have.
	 */
	public enum HighCardinality implements KeyName {

		/**
		 * The fencing token of the acquisition.
		 */
		FENCING_TOKEN {

			@Override
			public String asString() {
				return "redis.lock.fencing.token";
			}

		},

		/**
		 * The key of the lock, if keys are wanted in traces: they may hold personal data.
		 */
		KEY {

			@Override
			public String asString() {
				return "redis.lock.key";
			}

		}

	}

}
