/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.round;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.github.redislocked.reliability.client.Profile;
import io.github.redislocked.reliability.client.Subject;
import io.github.redislocked.reliability.client.Workload;
import io.github.redislocked.reliability.fault.CanaryFaults;
import io.github.redislocked.reliability.fault.Fault;
import io.github.redislocked.reliability.fault.FaultyRedis;
import io.github.redislocked.reliability.fault.NetworkFaults;
import io.github.redislocked.reliability.fault.Persistence;
import io.github.redislocked.reliability.fault.Site;
import io.github.redislocked.reliability.history.Check;
import io.github.redislocked.reliability.history.Violation;

/**
 * Locks with a planted bug, each under the fault that brings it to light, and what the
 * checkers have to find.
 */
enum Canary {

	/** The older algorithm, where clocks differ. */
	OLDER_ALGORITHM("the older algorithm (SETNX, GET, GETSET) on clocks that differ by 3 s", Subject.OLDER_ALGORITHM,
			Profile.SHORT, Check.EXCLUSION, CanaryFaults.none()),

	/** A release that looks at no token. */
	TOKENLESS_DELETE("a release by DEL without a look at the token", Subject.TOKENLESS_DELETE, Profile.SHORT,
			Check.EXCLUSION, CanaryFaults.loseReplies()),

	/** An attempt that does not know its own lock. */
	BARE_SET("SET NX instead of a script that can be repeated", Subject.BARE_SET, Profile.LONG, Check.NO_ORPHAN,
			CanaryFaults.loseReplies()),

	/** Waiters that rely on wake-ups. */
	NO_RE_ASK("waiters that never ask again after subscribing", Subject.NO_RE_ASK, Profile.SHORT, Check.BOUNDED_WAIT,
			NetworkFaults.loseMessages(), CanaryFaults.none()),

	/** A queue that takes a repetition for another waiter. */
	DOUBLE_QUEUE("a queue that a repeated command enters twice", Subject.DOUBLE_QUEUE, Profile.LONG, Check.NO_ORPHAN,
			CanaryFaults.loseReplies()),

	/** Fencing tokens that begin anew. */
	PLAIN_COUNTER("a plain counter as fencing token, evicted", Subject.PLAIN_COUNTER, Profile.SHORT, Check.FENCING,
			CanaryFaults.evictCounters(), CanaryFaults.none());

	private static final int PROCESSES = 3;

	private static final int MOST_ATTEMPTS = 4;

	private final String words;

	private final Subject subject;

	private final Profile profile;

	private final Check expected;

	private final List<Fault> faults;

	Canary(String words, Subject subject, Profile profile, Check expected, Fault... faults) {
		this.words = words;
		this.subject = subject;
		this.profile = profile;
		this.expected = expected;
		this.faults = List.of(faults);
	}

	String words() {
		return this.words;
	}

	Check expected() {
		return this.expected;
	}

	/**
	 * Lets the faults strike until the checkers find the bug. A fault may miss its aim.
	 * @param directory where files are, an empty directory
	 * @return what they have found, or empty if they have not
	 * @throws Exception if it cannot go on
	 */
	Optional<Violation> find(Path directory) throws Exception {
		try (FaultyRedis redis = FaultyRedis.start(directory, Persistence.NONE);
				Site site = new Site(directory, this.subject, Workload.of(this.profile), redis, PROCESSES, 1)) {
			for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
				if (attempt > 1) {
					site.resume();
				}
				for (Fault fault : this.faults) {
					site.strike(fault);
				}
				site.rest();
				Optional<Violation> found = Verdict.of(site.history(), site.complaints())
					.violations()
					.stream()
					.filter((violation) -> violation.check() == this.expected)
					.findFirst();
				if (found.isPresent()) {
					return found;
				}
			}
			return Optional.empty();
		}
	}

}
