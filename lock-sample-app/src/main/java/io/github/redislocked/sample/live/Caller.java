/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import io.github.redislocked.Lease;
import io.github.redislocked.sample.live.Happening.Kind;

/**
 * Somebody who wants a lock, and tells what becomes of it.
 *
 * @param feed where it is told
 * @param show in which show
 * @param instance in which process
 * @param lane where it is drawn
 * @param name who it is
 */
record Caller(Feed feed, Show show, String instance, String lane, String name) {

	void tell(Kind kind) {
		this.feed.tell(new Happening(kind, this.show, this.instance, this.lane, this.name, null, null, null));
	}

	/**
	 * Tells something that was done under a lease.
	 */
	void tell(Kind kind, Lease lease) {
		// The time first: so the end that is told is never later than the lease's.
		long now = this.feed.now();
		Hold hold = new Hold(lease.key(), lease.fencingToken(), now + lease.remaining().toMillis());
		this.feed.tell(new Happening(kind, this.show, this.instance, this.lane, this.name, hold, null, null));
	}

}
