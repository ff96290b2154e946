/**
 * Measurements of the lock beside its peers.
 */
@NullMarked
package io.github.redislocked.benchmarks;

import org.jspecify.annotations.NullMarked;
