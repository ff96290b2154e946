/**
 * The sample application from outside, as processes of its own.
 */
@NullMarked
package io.github.redislocked.sample;

import org.jspecify.annotations.NullMarked;
