/**
 * Tests of the lock protocols on a real Redis.
 */
@NullMarked
package io.github.redislocked.store.redis;

import org.jspecify.annotations.NullMarked;
