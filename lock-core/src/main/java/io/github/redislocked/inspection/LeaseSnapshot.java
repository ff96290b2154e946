/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.inspection;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One acquisition that this process holds.
 *
 * @param key which lock
 * @param name what kind of lock it is, {@code Class.method} for annotated methods;
 * {@code null} if it has no name
 * @param ownerToken the value that proves the acquisition; a right to release
 * @param fencingToken which acquisition of the key it is
 * @param since since when it is held, by this machine's clock
 * @param remaining how long it lasts without another renewal
 * @param renewals how often it has been renewed
 * @param threads names of the threads that work under it: the one that acquired it, and
 * those that took it over
 * @param subscriptions how many work under it without a thread of their own: asynchronous
 * results and subscriptions that have not ended, and leases that were acquired without
 * blocking
 * @since 0.1.0
 */
public record LeaseSnapshot(String key, @Nullable String name, String ownerToken, long fencingToken, Instant since,
		Duration remaining, long renewals, List<String> threads, int subscriptions) {

	/**
	 * Creates a snapshot of this moment.
	 * @param key which lock
	 * @param name what kind of lock it is
	 * @param ownerToken the owner token
	 * @param fencingToken the fencing token
	 * @param age for how long it is held
	 * @param remaining how long it lasts without another renewal
	 * @param renewals how often it has been renewed
	 * @param threads names of the threads that work under it
	 * @param subscriptions how many work under it without a thread of their own
	 */
	public LeaseSnapshot(String key, @Nullable String name, String ownerToken, long fencingToken, Duration age,
			Duration remaining, long renewals, List<String> threads, int subscriptions) {
		this(key, name, ownerToken, fencingToken, Instant.now().minus(age), remaining, renewals, threads,
				subscriptions);
	}

}
