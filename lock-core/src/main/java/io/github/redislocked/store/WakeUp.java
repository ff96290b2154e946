/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store;

import java.time.Duration;

/**
 * Tells a waiter that it owns the lock: a hint that spares it the question, while the
 * store keeps the truth.
 *
 * @param key what is locked, as the user names it
 * @param token the waiter's owner token
 * @param fencingToken the fencing token of this acquisition; as many after it are
 * reserved as the waiter's {@linkplain AcquireRequest#reserve() request} wanted
 * @param storeMicros the store's clock at the grant, in microseconds
 * @param claim how long the lease lasts from then on, unless it is renewed
 * @since 0.1.0
 */
public record WakeUp(String key, OwnerToken token, long fencingToken, long storeMicros, Duration claim) {

}
