/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.jmh;

/**
 * One fork of one benchmark.
 *
 * @param score operations per second, or nanoseconds per operation
 * @param bytes bytes allocated per operation, by all threads of the process
 */
public record JmhResult(double score, double bytes) {

}
