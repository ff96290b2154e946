/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.model;

import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Has TLC check the protocol {@code getset}: as it is, beside older clients that do not
 * keep to what is asked of them, and with one guard left out.
 */
class GetSetModelIntegrationTests {

	private static final Model MIXED = Model.of("GetSetLock", "getset-mixed");

	private static final Model OURS = Model.of("GetSetLock", "getset-ours");

	private static final Model ONLY_OURS = OURS.with("Older", "{}");

	private static final Model ONE_EACH = OURS.with("Ours", "{a}");

	private static final Model UNRULY = OURS.with("Ahead", "{0, 2}")
		.with("Behind", "{0, 2}")
		.with("Overruns", "TRUE")
		.with("LateWrites", "TRUE")
		.with("Depth", 7);

	@TempDir
	static Path directory;

	private static Tlc tlc;

	@BeforeAll
	static void start() {
		tlc = new Tlc(directory);
	}

	@AfterAll
	static void stop() {
		tlc.close();
	}

	@TestFactory
	Stream<DynamicTest> protocol() {
		return new Checks(tlc)
			.holds("whenOlderClientsKeepToItThenAllExcludeEachOther", MIXED, 10_000, "an older client acquired",
					"an older client came too late and wrote", "an older client took an expired lock",
					"ours took an expired lock", "a release saw through what a latecomer had written")
			.holds("whenTwoOfOursThenAllExcludeEachOther", OURS, 20_000, "a lease of ours ran out",
					"a release came twice", "an acquire came after its own release",
					"a lease that was over on arrival was given back")
			.holds("whenOlderClientKeepsToNothingThenOursExcludeEachOther", UNRULY.checking("OursExclusion"), 10_000,
					"a lease of ours kept another of ours out of a lock that was deleted")
			.tests();
	}

	@TestFactory
	Stream<DynamicTest> guards() {
		return new Checks(tlc).needs("release: owner", OURS, "OwnerOnly")
			.needs("renew: owner", ONLY_OURS, "OwnerOnly")
			.needs("acquire: receipt", OURS, "ClosedStaysClosed")
			.needs("acquire: loser writes nothing", OURS, "NoOrphan")
			.needs("acquire: the second after", ONE_EACH, "Exclusion")
			.needs("acquire: lease of ours", OURS.with("Behind", "{2}"), "OursExclusion")
			.needs("acquire: fencing token", ONLY_OURS, "FencesIncrease")
			.needs("owned: lease lasts", ONE_EACH.with("OlderExpire", 2), "OwnerReleases")
			.needs("lease: counted from before sending", ONLY_OURS, "OursExclusion")
			.tests();
	}

	/**
	 * What the format cannot give, as {@code docs/getset.md} says.
	 */
	@TestFactory
	Stream<DynamicTest> limits() {
		return new Checks(tlc)
			.fails("whenOlderClockIsAheadThenItTakesOursEarly", ONE_EACH.with("Ahead", "{2}"), "Exclusion")
			.fails("whenOlderClockIsBehindThenOursTakesItsLockEarly", ONE_EACH.with("Behind", "{2}"), "Exclusion")
			.fails("whenOlderClientOverrunsThenItsDeleteFreesOurs", ONE_EACH.with("Overruns", "TRUE"), "Exclusion")
			.fails("whenOlderWriteIsLateThenItSetsOursBack", ONE_EACH.with("LateWrites", "TRUE"), "Exclusion")
			.fails("whenOurExpireIsTheSameThenLatecomerSetsOursBack",
					ONE_EACH.with("TicksPerSecond", 2).with("Expire", 2).with("Horizon", 10), "Exclusion")
			.tests();
	}

}
