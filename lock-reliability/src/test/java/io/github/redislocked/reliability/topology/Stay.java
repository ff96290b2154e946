/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.topology;

/**
 * One holder's time in a lock, on the monotonic clock, as far as it relied on it.
 *
 * @param key the key
 * @param fencingToken its fencing token
 * @param from when it was told that it has the lock
 * @param until when it began to give it back, or was told that it is lost
 * @param told whether it was told that the lock is lost
 */
record Stay(String key, long fencingToken, long from, long until, boolean told) {

	/**
	 * Returns whether two holders were in the lock at once.
	 * @param other the other one
	 * @return {@code true} if they overlapped
	 */
	boolean overlaps(Stay other) {
		return this.from - other.until < 0 && other.from - this.until < 0;
	}

}
