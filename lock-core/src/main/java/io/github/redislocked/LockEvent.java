/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Something that has become of a lock and that an operator may want to know of. A
 * {@link LockListener} receives it; in an application context it is published as an
 * application event, too.
 * <p>
 * It tells what has happened, late if it must, and decides nothing: code that works under
 * a lock is told by {@link Lease#onLost}, {@link Lease#isHeld} and exceptions. There may
 * be more kinds of events in a later version.
 *
 * @since 0.1.0
 */
public sealed interface LockEvent permits LeaseEvent, FrequentLockEvent, LockForceReleased {

	/**
	 * Returns which lock it is about. Keys may hold personal data: think of that before
	 * they go to a log.
	 * @return the key, as the user names it
	 */
	String key();

	/**
	 * Returns what kind of lock it is, as logs and metrics have it.
	 * @return the name, see {@link LockSpec#name(String)}, or {@code null} for none
	 */
	@Nullable String name();

	/**
	 * Returns when it happened, as far as this process can know. It may be told later.
	 * @return the instant
	 */
	Instant when();

}
