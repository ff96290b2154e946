/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store;

import java.time.Duration;

/**
 * One attempt to take a lock.
 *
 * @param key what is to be locked, as the user names it
 * @param token the owner token of the acquisition; every attempt of one acquisition
 * repeats it
 * @param expire the lease time asked for
 * @param waitTime how long the caller is still ready to wait; zero if it does not wait
 * @param reserve how many fencing tokens after the first one are wanted, for callers to
 * whom the lock is passed without a command
 * @since 0.1.0
 */
public record AcquireRequest(String key, OwnerToken token, Duration expire, Duration waitTime, int reserve) {

}
