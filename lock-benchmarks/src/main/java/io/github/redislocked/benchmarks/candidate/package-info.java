/**
 * What is measured: every lock behind one small interface.
 */
@NullMarked
package io.github.redislocked.benchmarks.candidate;

import org.jspecify.annotations.NullMarked;
