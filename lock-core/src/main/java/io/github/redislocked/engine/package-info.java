/**
 * The life of an acquisition inside one process: its place among the callers of the
 * process, its attempts, its wait, its lease and its release, on top of a
 * {@link io.github.redislocked.store.LockStore}. Time is the monotonic clock throughout.
 */
@NullMarked
package io.github.redislocked.engine;

import org.jspecify.annotations.NullMarked;
