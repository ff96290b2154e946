/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

import io.github.redislocked.LockListener;
import io.github.redislocked.LockObserver;

/**
 * Who is told what becomes of the locks of an engine, beside those who use them.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface LockAudience {

	/**
	 * Returns who is told of {@linkplain io.github.redislocked.LockEvent events}. Asked
	 * when there is first something to tell, or when the engine is told to
	 * {@linkplain LockEngine#listen listen}, on a thread that may wait, and again if that
	 * fails.
	 * @return the listeners
	 */
	Collection<LockListener> listeners();

	/**
	 * Returns who sees what callers do. Asked once, when the engine is made.
	 * @return the observers; none by default, which costs nothing
	 */
	default List<LockObserver> observers() {
		return List.of();
	}

	/**
	 * Returns after how long a lease that is still renewed is told as a
	 * {@link io.github.redislocked.LeaseRenewed}.
	 * @return the time, or zero for never, the default
	 */
	default Duration longHold() {
		return Duration.ZERO;
	}

}
