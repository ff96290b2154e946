/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked;

/**
 * A lease that is renewed only as long as a thread that holds it is alive. What keeps a
 * lease longer than the threads that work under it, as an adapter for transactions does,
 * frees it from them.
 *
 * @since 0.1.0
 */
public interface ThreadBoundLease extends Lease {

	/**
	 * Has the lease renewed whether its threads are alive or not, as long as anybody can
	 * reach it. For good.
	 */
	void unbind();

}
