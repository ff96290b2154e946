/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.round;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * The page on a long round.
 *
 * @param verdict what the checkers say
 * @param caught the canaries that were caught
 * @param seed where chance began
 * @param duration how long it took
 * @param seasons how many sites it had, one after the other and at once
 * @param server the version of the servers
 * @param date the day
 */
record RoundReport(Verdict verdict, List<Canary> caught, long seed, Duration duration, int seasons, String server,
		LocalDate date) {

	static final String COMMAND = "mvn verify -pl lock-reliability -am -Dreliability.round=long -Dtest=None "
			+ "-Dit.test=LongRoundIntegrationTests";

	@Override
	public String toString() {
		StringBuilder page = new StringBuilder();
		page.append(
				"""
						# Reliability

						What the lock stood in the last long round of the fault suite. The page is written by the round itself:

						```
						%s
						```

						Processes with several threads each, on Lettuce and on Jedis, some blocking and some not, take locks for strict and
						for renewed leases on a few keys that all of them want and on many others. Each records what it does and sees. One
						fault after the other strikes the server, the network or the processes. Then checkers look for broken promises in
						the histories: C1 two holders at once, C2 fencing tokens that do not grow or stale writes that are accepted, C3
						callers that return late or wait for a free lock, C4 locks and places in queues that belong to nobody, C5 an
						unguarded counter that is not exact, C6 holders that are not told of their loss, C7 threads, connections and
						subscriptions that pile up, C8 windows of a key's history that no order of grants and ends explains.

						| | |
						|---|---|
						"""
					.formatted(COMMAND));
		row(page, "operations checked",
				number(this.verdict.operations()) + ", " + number(this.verdict.grants()) + " of them granted");
		row(page, "faults survived", number(this.verdict.faultCount()));
		row(page, "violations", number(this.verdict.violations().size()));
		row(page, "outside of what is promised", number(this.verdict.excludedCount()) + ", see below");
		row(page, "canaries caught", this.caught.size() + " of " + Canary.values().length);
		row(page, "servers", this.server);
		row(page, "machine",
				System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
						+ Runtime.getRuntime().availableProcessors() + " processors, Java "
						+ Runtime.version().feature() + ", files of the servers on " + fileSystem());
		row(page, "round", this.date + ", " + this.duration.toMinutes() + " minutes, " + this.seasons
				+ " sites one after the other and at once, seed " + this.seed);
		this.verdict.skipped().forEach((skipped) -> row(page, "not played", skipped));
		this.verdict.complaints()
			.forEach((complaint) -> row(page, "**complaint**", complaint.lines().findFirst().orElse("")));
		page.append(
				"""

						## Faults

						The longest wait is the longest time for which a caller waited around such a fault while nobody was known to hold
						the lock. It contains the fault's own duration, and the lease of a holder that was killed.

						| fault | times | longest wait |
						|---|---|---|
						""");
		new TreeMap<>(this.verdict.faults()).forEach((fault, count) -> page.append("| %s | %s | %s ms |%n"
			.formatted(fault, number(count), number(this.verdict.longestWaits().getOrDefault(fault, 0L) / 1_000_000))));
		page.append(
				"""

						## Outside of what is promised

						A server that forgets locks, whose clock is set, or beside which another one serves as primary, breaks exclusion
						for any lock on Redis, and with it the counter that only exclusion guards. All else holds there too: fencing
						tokens grow and the register refuses stale writes, waits are bounded, nothing is left, and each loss is told.
						Only while two primaries serve at once, which takes a fail-over without a dead server, nobody can promise what
						the tokens of the one are worth at the other, or when a holder at the former learns of its loss.

						| what | times |
						|---|---|
						""");
		new TreeMap<>(this.verdict.excluded()).forEach((what, count) -> row(page, what, number(count)));
		page.append(
				"""

						## Canaries

						Locks with a bug that locks on Redis have had. A round in which the checkers miss one of them proves nothing.

						| planted bug | found by | caught |
						|---|---|---|
						""");
		Arrays.stream(Canary.values())
			.forEach((canary) -> page.append("| %s | %s | %s |%n".formatted(canary.words(), canary.expected(),
					this.caught.contains(canary) ? "yes" : "**no**")));
		return page.toString();
	}

	// A slow disk is felt wherever a server keeps its data.
	private static String fileSystem() {
		try {
			return Files.getFileStore(Path.of(System.getProperty("java.io.tmpdir"))).type();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void row(StringBuilder page, String name, String value) {
		page.append("| %s | %s |%n".formatted(name, value));
	}

	private static String number(long number) {
		return String.format(Locale.ROOT, "%,d", number);
	}

}
