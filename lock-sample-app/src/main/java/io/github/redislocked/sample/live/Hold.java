/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.sample.live;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.redislocked.LockOrigin;
import org.jspecify.annotations.Nullable;

/**
 * The lock that a caller has.
 *
 * @param key what is locked
 * @param token the fencing token
 * @param until when the lease ends, in milliseconds of the Redis server's clock; never
 * later than it does
 * @param origin how the lock came to the caller, or {@code null} if it was lost before
 * that could be told
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Hold(String key, long token, long until, @Nullable LockOrigin origin) {

}
