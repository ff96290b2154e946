/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked;

/**
 * Decides how long the leases of a method are kept: until it returns, or until something
 * around it has ended, as a transaction that is already active when it is called.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface LeaseKeeper {

	/**
	 * Keeps no lease beyond its method.
	 */
	LeaseKeeper NONE = (lease) -> lease;

	/**
	 * Takes note of a lease, before the method runs under it and on the same thread.
	 * @param lease a new lease of the calling method
	 * @return what is to be closed when the method has ended: the lease itself, unless it
	 * is kept. If a kept lease is known to be lost by then, closing throws
	 * {@link LockLostException}
	 */
	AutoCloseable keep(Lease lease);

}
