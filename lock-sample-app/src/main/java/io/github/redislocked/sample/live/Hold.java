/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

/**
 * The lock that a caller has.
 *
 * @param key what is locked
 * @param token the fencing token
 * @param until when the lease ends, in milliseconds of the Redis server's clock; never
 * later than it does
 */
record Hold(String key, long token, long until) {

}
