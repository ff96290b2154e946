/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.history;

/**
 * How many threads a process had when its callers rested.
 *
 * @param process number of the process
 * @param first the number after its first operations
 * @param last the number at its last rest
 */
public record ThreadCount(int process, int first, int last) {

}
