/**
 * The public interface of the lock: {@link io.github.redislocked.LockTemplate} takes
 * locks, {@link io.github.redislocked.LockSpec} says which and how, and a
 * {@link io.github.redislocked.Lease} is what a holder works with.
 */
@NullMarked
package io.github.redislocked;

import org.jspecify.annotations.NullMarked;
