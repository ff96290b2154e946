/**
 * What locks cost while they are held or awaited.
 */
@NullMarked
package io.github.redislocked.benchmarks.footprint;

import org.jspecify.annotations.NullMarked;
