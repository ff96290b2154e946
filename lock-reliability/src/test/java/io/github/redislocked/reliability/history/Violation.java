/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.history;

/**
 * A broken promise.
 *
 * @param check what was checked
 * @param key on which lock, or what else it is about
 * @param at when, on the monotonic clock
 * @param what what happened, with the leases it happened to
 */
public record Violation(Check check, String key, long at, String what) {

	@Override
	public String toString() {
		return this.check + ", " + this.key + ", at " + this.at + ": " + this.what;
	}

}
