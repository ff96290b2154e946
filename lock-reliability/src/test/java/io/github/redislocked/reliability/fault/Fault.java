/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.fault;

import java.time.Duration;
import java.util.Set;

import io.github.redislocked.reliability.history.Check;

/**
 * Something that goes wrong for a while, and is well again.
 */
public interface Fault {

	/**
	 * Names the fault.
	 * @return its name in reports
	 */
	String name();

	/**
	 * Begins, lasts and ends.
	 * @param site where it strikes
	 * @throws Exception if it cannot
	 */
	void strike(Site site) throws Exception;

	/**
	 * Tells how long it takes after its end until all must be well.
	 * @return the time
	 */
	default Duration settling() {
		return Duration.ofMillis(500);
	}

	/**
	 * Tells whether callers may see errors.
	 * @return whether Redis, for some of them, cannot be asked
	 */
	default boolean errorsExpected() {
		return true;
	}

	/**
	 * Tells what the promises do not cover afterwards.
	 * @return the checks whose violations are counted as excluded
	 */
	default Set<Check> excludes() {
		return Set.of();
	}

	/**
	 * Makes a fault.
	 * @param name its name
	 * @param settling how long it takes after its end until all must be well
	 * @param errorsExpected whether callers may see errors
	 * @param strike what it does
	 * @return the fault
	 */
	static Fault of(String name, Duration settling, boolean errorsExpected, Strike strike) {
		return new Fault() {

			@Override
			public String name() {
				return name;
			}

			@Override
			public void strike(Site site) throws Exception {
				strike.on(site);
			}

			@Override
			public Duration settling() {
				return settling;
			}

			@Override
			public boolean errorsExpected() {
				return errorsExpected;
			}

		};
	}

	/**
	 * What a fault does.
	 */
	@FunctionalInterface
	interface Strike {

		/**
		 * Begins, lasts and ends.
		 * @param site where it strikes
		 * @throws Exception if it cannot
		 */
		void on(Site site) throws Exception;

	}

}
