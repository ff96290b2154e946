/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked;

/**
 * An event that comes with every use of a lock. A {@link LockListener} receives it only
 * if it {@linkplain LockListener#wants asks for it}, and it becomes an application event
 * only if an application listener does, for this or a kind of it: otherwise no such event
 * is made.
 *
 * @since 0.1.0
 */
public sealed interface FrequentLockEvent extends LockEvent permits LeaseAcquired, LeaseReleased, LockNotAcquired {

}
