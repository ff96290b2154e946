/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.round;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.github.redislocked.reliability.history.Violation;

/**
 * The page on a long round.
 *
 * @param verdict what the checkers say
 * @param caught the canaries that were caught
 * @param seed where chance began
 * @param duration how long it took
 * @param seasons how many servers it had, one after the other and at once
 */
record RoundReport(Verdict verdict, List<Canary> caught, long seed, Duration duration, int seasons) {

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
						subscriptions that pile up.

						| | |
						|---|---|
						"""
					.formatted(COMMAND));
		row(page, "operations checked",
				number(this.verdict.operations()) + ", " + number(this.verdict.grants()) + " of them granted");
		row(page, "faults survived", number(this.verdict.faultCount()));
		row(page, "violations", number(this.verdict.violations().size()));
		row(page, "outside of what is promised", number(this.verdict.excluded().size()) + excluded()
				+ ": exclusion across a restart without persistence");
		row(page, "canaries caught", this.caught.size() + " of " + Canary.values().length);
		row(page, "machine", System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
				+ Runtime.getRuntime().availableProcessors() + " processors, Java " + Runtime.version().feature());
		row(page, "round", this.duration.toMinutes() + " minutes, " + this.seasons + " servers, seed " + this.seed);
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

	private String excluded() {
		if (this.verdict.excluded().isEmpty()) {
			return "";
		}
		Map<String, Long> byCheck = this.verdict.excluded()
			.stream()
			.map(Violation::check)
			.collect(Collectors.groupingBy(Object::toString, TreeMap::new, Collectors.counting()));
		return byCheck.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + " " + number(entry.getValue()))
			.collect(Collectors.joining(", ", " (", ")"));
	}

	private static void row(StringBuilder page, String name, String value) {
		page.append("| %s | %s |%n".formatted(name, value));
	}

	private static String number(long number) {
		return String.format(Locale.ROOT, "%,d", number);
	}

}
