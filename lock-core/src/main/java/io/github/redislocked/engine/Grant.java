/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import io.github.redislocked.store.OwnerToken;

/**
 * What the store gave to an acquisition. Times are readings of the monotonic clock.
 *
 * @param token the owner token
 * @param fencingToken the fencing token
 * @param since when the lease began, at the latest
 * @param deadline until when the lease may be relied on
 * @param claimed whether this is a hand-over, which lasts for the claim time only
 */
record Grant(OwnerToken token, long fencingToken, long since, long deadline, boolean claimed) {

}
