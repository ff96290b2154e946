/**
 * What the engine asks of a store, and the contract every store keeps:
 * {@link io.github.redislocked.store.LockStore}.
 */
@NullMarked
package io.github.redislocked.store;

import org.jspecify.annotations.NullMarked;
