/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked;

/**
 * Is told what becomes of locks in this process. Every bean of this type is.
 * <p>
 * Each listener receives all events, one after the other, on a thread of the lock's that
 * serves no other listener and neither renews nor releases anything. So it may take its
 * time, and may itself use locks, which are refused once the application is closing; what
 * it throws is logged. One that cannot keep up for long misses events, which is logged,
 * too.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface LockListener {

	/**
	 * Is called once for each event.
	 * @param event what has happened
	 */
	void onLockEvent(LockEvent event);

}
