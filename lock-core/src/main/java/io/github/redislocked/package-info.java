/**
 * The public interface of the lock: {@link io.github.redislocked.LockTemplate} takes
 * locks, {@link io.github.redislocked.LockSpec} says which and how, and a
 * {@link io.github.redislocked.Lease} is what a holder works with. A
 * {@link io.github.redislocked.LockListener} is told what becomes of locks, and a
 * {@link io.github.redislocked.LockObserver} sees it happen.
 */
@NullMarked
package io.github.redislocked;

import org.jspecify.annotations.NullMarked;
