/**
 * The Redis that everything is measured on, and what it says of its work.
 */
@NullMarked
package io.github.redislocked.benchmarks.redis;

import org.jspecify.annotations.NullMarked;
