/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.fault;

import java.time.Duration;
import java.util.Set;

import io.github.redislocked.reliability.history.Check;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong for a while, and is well again.
 *
 * @param name its name in reports
 * @param settling how long it takes after its end until all must be well
 * @param errorsExpected whether callers may see errors, as Redis cannot be asked for some
 * of them
 * @param excludes what the promises do not cover afterwards: violations of these checks
 * are counted as excluded
 * @param strike begins, lasts and ends
 * @param calm how long nothing else strikes once all must be well, for callers that still
 * wait to be seen
 * @param revival brings back the primary that has died, as a replica, while the callers
 * go on undisturbed; null if the primaries are those that they were
 */
public record Fault(String name, Duration settling, boolean errorsExpected, Set<Check> excludes, Work strike,
		Duration calm, @Nullable Work revival) {

	/**
	 * Makes a fault that breaks no promise.
	 * @param name its name
	 * @param settling how long it takes after its end until all must be well
	 * @param errorsExpected whether callers may see errors
	 * @param strike what it does
	 * @return the fault
	 */
	static Fault of(String name, Duration settling, boolean errorsExpected, Work strike) {
		return new Fault(name, settling, errorsExpected, Set.of(), strike, Duration.ZERO, null);
	}

	/**
	 * Makes a fault after which no lock can keep some of the promises.
	 * @param checks what need not hold
	 * @return the fault
	 */
	Fault excluding(Check... checks) {
		return new Fault(this.name, this.settling, this.errorsExpected, Set.of(checks), this.strike, this.calm,
				this.revival);
	}

	/**
	 * Makes a fault that is followed by a calm.
	 * @param time how long
	 * @return the fault
	 */
	Fault followedBy(Duration time) {
		return new Fault(this.name, this.settling, this.errorsExpected, this.excludes, this.strike, time, this.revival);
	}

	/**
	 * Makes a fault that a primary dies of, and another takes its place.
	 * @param work brings it back
	 * @return the fault
	 */
	Fault revivedBy(Work work) {
		return new Fault(this.name, this.settling, this.errorsExpected, this.excludes, this.strike, this.calm, work);
	}

	/**
	 * Brings back what has died, if anything has.
	 * @param site where
	 * @throws Exception if it cannot
	 */
	void revive(Site site) throws Exception {
		if (this.revival != null) {
			this.revival.on(site);
		}
	}

	/**
	 * What is done to a site.
	 */
	@FunctionalInterface
	public interface Work {

		/**
		 * Does it, all of it.
		 * @param site where it strikes
		 * @throws Exception if it cannot
		 */
		void on(Site site) throws Exception;

	}

}
