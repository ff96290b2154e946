/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store;

/**
 * Receives a store's wake-ups. Called on the thread that receives messages: must return
 * at once, and must not call the store.
 *
 * @since 0.1.0
 */
public interface WakeUpListener {

	/**
	 * Called when a waiter was granted the lock.
	 * @param wakeUp who was granted what
	 */
	void granted(WakeUp wakeUp);

	/**
	 * Called when wake-ups may have been missed: every waiter is to ask again.
	 */
	void askAgain();

}
