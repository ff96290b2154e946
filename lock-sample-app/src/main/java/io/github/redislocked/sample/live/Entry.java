/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What was told, as all instances read it.
 *
 * @param id place in the order of all that was told
 * @param happening what was told
 * @param figures the figures at that moment
 */
record Entry(String id, Happening happening, Figures figures) {

	/**
	 * Returns when it was told, in milliseconds of the Redis server's clock.
	 */
	@JsonProperty
	long at() {
		return Long.parseLong(this.id.substring(0, this.id.indexOf('-')));
	}

}
