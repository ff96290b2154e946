/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.engine;

/**
 * How long a process may go on passing a lock to callers of its own before Redis is
 * asked, whether or not anybody is known to wait elsewhere.
 *
 * @param passes how often it may still be passed on
 * @param until until when, on the monotonic clock
 */
record Tenure(int passes, long until) {

	/**
	 * Begins a tenure now.
	 * @param passes for how many passes there are fencing tokens
	 * @param parts what the engine shares
	 * @return the tenure
	 */
	static Tenure of(int passes, Parts parts) {
		return new Tenure(passes, parts.now() + parts.settings().localHandover().maxDuration().toNanos());
	}

	/**
	 * Returns the same number of passes from now on: the store has been asked again.
	 * @param parts what the engine shares
	 * @return the tenure
	 */
	Tenure since(Parts parts) {
		return of(this.passes, parts);
	}

	boolean lasts(long now) {
		return this.passes > 0 && this.until - now > 0;
	}

	Tenure passed() {
		return new Tenure(this.passes - 1, this.until);
	}

}
