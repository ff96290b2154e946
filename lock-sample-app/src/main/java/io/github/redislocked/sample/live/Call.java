/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

/**
 * Calls for customers, whom all instances on the same Redis send.
 *
 * @param customers how many in all
 * @param share how many each instance sends
 * @param name what they are called, before their number
 * @param crowd whether they are shown as a crowd, not each for itself
 * @param payment how long a payment takes, in milliseconds
 */
record Call(int customers, int share, String name, boolean crowd, long payment) {

	/**
	 * Returns which customers a share consists of.
	 * @param claim number of the share, from one
	 * @return number of its first customer, which may be beyond the last one of all
	 */
	int first(long claim) {
		return (int) Math.min((claim - 1) * this.share, this.customers) + 1;
	}

	/**
	 * Returns the last customer of a share.
	 * @param claim number of the share, from one
	 * @return number of its last customer
	 */
	int last(long claim) {
		return (int) Math.min(claim * this.share, this.customers);
	}

}
