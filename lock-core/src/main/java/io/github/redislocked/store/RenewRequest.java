/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store;

import java.time.Duration;

/**
 * One renewal of a lease.
 *
 * @param key what is locked, as the user names it
 * @param token the owner token
 * @param expire how long the lease is to last from now, at least
 * @since 0.1.0
 */
public record RenewRequest(String key, OwnerToken token, Duration expire) {

}
