/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

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

	void tell(Kind kind, Hold hold) {
		this.feed.tell(new Happening(kind, this.show, this.instance, this.lane, this.name, hold, null, null));
	}

}
