/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked;

/**
 * Is told what becomes of locks in this process. Every bean of this type is.
 * <p>
 * Each listener receives the events that it {@linkplain #wants wants}, one after the
 * other, on a thread of the lock's that serves no other listener and neither renews nor
 * releases anything. So it may take its time, and may itself use locks, which are refused
 * once the application is closing; what it throws is logged. One that cannot keep up for
 * long misses events, which is logged, too.
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

	/**
	 * Returns whether this listener is to be told of a kind of events. Asked once for
	 * each kind, before it is told of any. By default those are left out that come with
	 * every use of a lock, as they cost every caller something.
	 * @param kind the type of the events
	 * @return {@code true} if it is to be told; by default, unless the kind is a
	 * {@link FrequentLockEvent}
	 */
	default boolean wants(Class<? extends LockEvent> kind) {
		return !FrequentLockEvent.class.isAssignableFrom(kind);
	}

}
