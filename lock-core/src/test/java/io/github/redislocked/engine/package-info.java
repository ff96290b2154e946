/**
 * Tests of the engine, on a real Redis.
 */
@NullMarked
package io.github.redislocked.engine;

import org.jspecify.annotations.NullMarked;
