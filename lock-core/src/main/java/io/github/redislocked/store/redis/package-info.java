/**
 * The two lock protocols on Redis: their scripts, the names of their Redis keys, and the
 * channel on which waiters are woken.
 */
@NullMarked
package io.github.redislocked.store.redis;

import org.jspecify.annotations.NullMarked;
