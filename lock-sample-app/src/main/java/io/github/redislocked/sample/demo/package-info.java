/**
 * A contest for one lock, to be watched on the command line or on the live page.
 */
@NullMarked
package io.github.redislocked.sample.demo;

import org.jspecify.annotations.NullMarked;
