/**
 * Several processes that fight for locks.
 */
@NullMarked
package io.github.redislocked.benchmarks.contention;

import org.jspecify.annotations.NullMarked;
