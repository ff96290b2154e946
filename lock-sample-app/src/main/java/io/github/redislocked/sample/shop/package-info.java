/**
 * A shop that never sells what it does not have, and next to it the same sale without the
 * lock.
 */
@NullMarked
package io.github.redislocked.sample.shop;

import org.jspecify.annotations.NullMarked;
