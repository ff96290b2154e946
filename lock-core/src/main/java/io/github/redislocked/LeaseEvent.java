/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked;

/**
 * Something that has become of a lock that was acquired. The events of one lease are told
 * in their order.
 *
 * @since 0.1.0
 */
public sealed interface LeaseEvent extends LockEvent
		permits LeaseAcquired, LeaseRenewed, LeaseEndangered, LeaseLost, LeaseReleased, ReleaseFailed {

	/**
	 * Returns the value that proves the acquisition. It is a right to release: keep it
	 * out of logs. The text of an event does not contain it.
	 * @return the owner token, as {@link Lease#ownerToken()} has it
	 */
	String ownerToken();

	/**
	 * Returns which acquisition of the key it was. No other one has the same.
	 * @return the fencing token, as {@link Lease#fencingToken()} has it
	 */
	long fencingToken();

}
