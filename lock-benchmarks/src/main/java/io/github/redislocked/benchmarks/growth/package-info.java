/**
 * What changes when there is more of everything.
 */
@NullMarked
package io.github.redislocked.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
