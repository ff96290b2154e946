/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a store answers to an attempt.
 *
 * @since 0.1.0
 */
public sealed interface AcquireAnswer {

	/**
	 * The token owns the lock.
	 *
	 * @param fencingToken the fencing token of this acquisition, the same however often
	 * it is asked for
	 * @param lease how long the lease lasts, counted from when the store took the
	 * command; the caller counts from before it was sent
	 * @param reserved how many fencing tokens after this one no other acquisition of the
	 * key is given
	 */
	record Granted(long fencingToken, Duration lease, int reserved) implements AcquireAnswer {

	}

	/**
	 * Another token owns the lock.
	 *
	 * @param holder the holder's owner token, or {@code null} if the store does not know
	 * it
	 * @param askAgainAfter when to ask again if no wake-up comes before
	 * @param storeMicros the store's clock when it answered, in microseconds; zero if the
	 * store sends no wake-ups
	 * @param remaining how long the holder's lease still lasts by the store's clock, or
	 * {@code null} if the store does not say
	 */
	record Held(@Nullable String holder, Duration askAgainAfter, long storeMicros,
			@Nullable Duration remaining) implements AcquireAnswer {

		/**
		 * Answers without the time that remains.
		 * @param holder the holder's owner token, or {@code null} if the store does not
		 * know it
		 * @param askAgainAfter when to ask again if no wake-up comes before
		 * @param storeMicros the store's clock when it answered, in microseconds; zero if
		 * the store sends no wake-ups
		 */
		public Held(@Nullable String holder, Duration askAgainAfter, long storeMicros) {
			this(holder, askAgainAfter, storeMicros, null);
		}

	}

	/**
	 * The token was closed before, by a release or a cancel that overtook this attempt;
	 * it can never own the lock again.
	 */
	record Closed() implements AcquireAnswer {

	}

}
