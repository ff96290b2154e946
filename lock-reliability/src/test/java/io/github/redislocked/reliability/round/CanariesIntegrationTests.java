/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.round;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.redislocked.reliability.client.Profile;
import io.github.redislocked.reliability.client.Subject;
import io.github.redislocked.reliability.fault.CanaryFaults;
import io.github.redislocked.reliability.fault.Fault;
import io.github.redislocked.reliability.fault.FaultyRedis;
import io.github.redislocked.reliability.fault.NetworkFaults;
import io.github.redislocked.reliability.fault.Persistence;
import io.github.redislocked.reliability.fault.Site;
import io.github.redislocked.reliability.history.Check;
import io.github.redislocked.reliability.history.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The checkers find each planted bug, under the fault that brings it to light.
 */
@DisabledOnOs(OS.WINDOWS)
class CanariesIntegrationTests {

	@TempDir
	Path directory;

	@Test
	void whenClocksDifferThenTheOlderAlgorithmIsCaught() throws Exception {
		assertThat(caught(Subject.OLDER_ALGORITHM, Profile.SHORT, Check.EXCLUSION, CanaryFaults.none()))
			.contains(Check.EXCLUSION);
	}

	@Test
	void whenDeleteLooksAtNoTokenThenCaught() throws Exception {
		assertThat(caught(Subject.TOKENLESS_DELETE, Profile.SHORT, Check.EXCLUSION, CanaryFaults.loseReplies()))
			.contains(Check.EXCLUSION);
	}

	@Test
	void whenSetDoesNotKnowItsOwnLockThenCaught() throws Exception {
		assertThat(caught(Subject.BARE_SET, Profile.LONG, Check.NO_ORPHAN, CanaryFaults.loseReplies()))
			.contains(Check.NO_ORPHAN);
	}

	@Test
	void whenWaitersNeverAskAgainThenCaught() throws Exception {
		assertThat(caught(Subject.NO_RE_ASK, Profile.SHORT, Check.BOUNDED_WAIT, NetworkFaults.loseMessages(),
				CanaryFaults.none()))
			.contains(Check.BOUNDED_WAIT);
	}

	@Test
	void whenQueueTakesARepetitionTwiceThenCaught() throws Exception {
		assertThat(caught(Subject.DOUBLE_QUEUE, Profile.LONG, Check.NO_ORPHAN, CanaryFaults.loseReplies()))
			.contains(Check.NO_ORPHAN);
	}

	@Test
	void whenCounterIsEvictedThenCaught() throws Exception {
		assertThat(caught(Subject.PLAIN_COUNTER, Profile.SHORT, Check.FENCING, CanaryFaults.evictCounters(),
				CanaryFaults.none()))
			.contains(Check.FENCING);
	}

	// A fault may miss its aim once.
	private Set<Check> caught(Subject subject, Profile profile, Check expected, Fault... faults) throws Exception {
		FaultyRedis redis = new FaultyRedis(this.directory, Persistence.NONE.settings(), Map.of());
		try (Site site = new Site(this.directory, subject, profile, redis, 3, 1)) {
			Set<Check> found = Set.of();
			for (int attempt = 1; attempt <= 3 && !found.contains(expected); attempt++) {
				if (attempt > 1) {
					site.resume();
				}
				for (Fault fault : faults) {
					site.strike(fault);
				}
				site.rest();
				Verdict verdict = Verdict.of(site.history(), site.complaints());
				List<Violation> violations = verdict.violations();
				found = violations.stream().map(Violation::check).collect(Collectors.toSet());
				violations.stream()
					.filter((violation) -> violation.check() == expected)
					.limit(1)
					.forEach((violation) -> System.out.printf("[canary] %s: %d operations, %d violations, such as %s%n",
							subject, verdict.operations(), violations.size(), violation));
			}
			return found;
		}
	}

}
