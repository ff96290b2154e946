/**
 * What tests of all modules share: a real Redis, and connections to it.
 */
@NullMarked
package io.github.redislocked.testing;

import org.jspecify.annotations.NullMarked;
