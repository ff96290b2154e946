/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.history;

/**
 * An error that a caller saw.
 *
 * @param at when
 * @param what what it says
 */
public record Failure(long at, String what) {

}
