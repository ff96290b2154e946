/**
 * The live page: what callers of all instances on one Redis do, and shows that a visitor
 * can start.
 */
@NullMarked
package io.github.redislocked.sample.live;

import org.jspecify.annotations.NullMarked;
