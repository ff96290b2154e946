/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import java.util.UUID;

/**
 * One show: what is told of it carries this.
 *
 * @param id tells it from all others
 * @param kind what is shown
 * @param locked whether buyers use the lock
 */
record Show(String id, ShowKind kind, boolean locked) {

	static Show of(ShowKind kind, boolean locked) {
		return new Show(UUID.randomUUID().toString(), kind, locked);
	}

}
