/**
 * Processes that use locks and write histories: with our lock, and with ones that have a
 * planted bug.
 */
@NullMarked
package io.github.redislocked.reliability.client;

import org.jspecify.annotations.NullMarked;
