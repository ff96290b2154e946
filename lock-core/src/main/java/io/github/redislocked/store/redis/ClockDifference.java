/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.store.redis;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * How far a server's clock is from ours at least. The answer was on its way for an
 * unknown part of the round trip; only what that cannot explain counts.
 */
final class ClockDifference {

	/**
	 * Clocks that are kept by NTP are closer by far.
	 */
	private static final long TOLERATED_MILLIS = 1000;

	private ClockDifference() {
	}

	/**
	 * Asks a server for the time.
	 * @param where which server it is, for messages
	 * @param clock our wall clock, in milliseconds
	 * @param server the server's, in milliseconds
	 * @return what to do about the difference; empty if there is none worth a word
	 */
	static List<RedisFinding> findings(String where, LongSupplier clock, Supplier<@Nullable Long> server) {
		long before = clock.getAsLong();
		Long time = server.get();
		long after = clock.getAsLong();
		if (time == null) {
			return List.of();
		}
		// The server's time is rounded down.
		long ahead = time - after;
		long behind = before - (time + 1);
		return Optional.of(Math.max(ahead, behind))
			.filter((millis) -> millis > TOLERATED_MILLIS)
			.map((millis) -> finding(where, millis, ahead > 0))
			.stream()
			.toList();
	}

	private static RedisFinding finding(String where, long millis, boolean ahead) {
		return new RedisFinding(
				"The clock of %s is at least %d ms %s this machine's: leases last as long as its clock says, and one that is set right in a step ends them early or late"
					.formatted(where, millis, ahead ? "ahead of" : "behind"),
				"Keep both clocks with NTP, and let it slew the server's, never step it.");
	}

}
