/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.annotation;

/**
 * What becomes of a method whose lock is lost while it runs. The caller receives a
 * {@link io.github.redislocked.LockLostException} in any case, when the method has ended.
 *
 * @since 0.1.0
 * @see RedisLocked#onLoss()
 */
public enum OnLoss {

	/**
	 * The method goes on undisturbed, and can ask {@code Lease.current()}. The default.
	 */
	REPORT,

	/**
	 * The thread that runs the method is interrupted, as soon as the loss is known, and
	 * only while the method runs.
	 */
	INTERRUPT

}
