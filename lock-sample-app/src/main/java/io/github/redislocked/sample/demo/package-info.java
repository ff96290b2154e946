/**
 * A contest for one lock, to be watched on the command line.
 */
@NullMarked
package io.github.redislocked.sample.demo;

import org.jspecify.annotations.NullMarked;
