/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.util.List;

/**
 * One run of a script.
 *
 * @param userKey the key as the user names it, for messages
 * @param keys the Redis keys it touches
 * @param args what else it is told
 */
record ScriptCall(String userKey, List<String> keys, String... args) {

}
