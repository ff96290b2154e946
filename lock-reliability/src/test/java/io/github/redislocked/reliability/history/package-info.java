/**
 * What clients did and saw, and the checkers that look for a broken promise in it.
 */
@NullMarked
package io.github.redislocked.reliability.history;

import org.jspecify.annotations.NullMarked;
