/**
 * The sample application: a small shop that sells under a lock, and a contest for a lock
 * on the command line.
 */
@NullMarked
package io.github.redislocked.sample;

import org.jspecify.annotations.NullMarked;
