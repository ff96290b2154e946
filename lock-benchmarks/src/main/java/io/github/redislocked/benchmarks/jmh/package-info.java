/**
 * What one caller costs who waits for nobody, measured with JMH.
 */
@NullMarked
package io.github.redislocked.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
