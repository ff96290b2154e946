/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.reliability.round;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import io.github.redislocked.reliability.client.Profile;
import io.github.redislocked.reliability.client.Subject;
import io.github.redislocked.reliability.fault.ClientFaults;
import io.github.redislocked.reliability.fault.Fault;
import io.github.redislocked.reliability.fault.FaultyRedis;
import io.github.redislocked.reliability.fault.KeyFaults;
import io.github.redislocked.reliability.fault.NetworkFaults;
import io.github.redislocked.reliability.fault.Persistence;
import io.github.redislocked.reliability.fault.ServerFaults;
import io.github.redislocked.reliability.fault.Site;

/**
 * One server, a few processes that use locks on it, and one fault after the other: each
 * at least once, then any of them.
 *
 * @param name what it is called
 * @param settings lines of redis.conf
 * @param environment environment variables of the server
 * @param profile how the processes use locks
 * @param faults what may strike
 */
record Season(String name, List<String> settings, Map<String, String> environment, Profile profile,
		List<Fault> faults) {

	private static final int PROCESSES = 3;

	private static final int CALM_MILLIS = 10_000;

	private static final int MOST_CALM = 6;

	/** After how many faults the callers rest, and what is left in Redis is looked at. */
	private static final int FAULTS_BETWEEN_RESTS = 12;

	/**
	 * Lists the seasons of a round. A fault that needs another server is a season of its
	 * own; one that needs no other is added to {@link #soak}.
	 * @return the seasons
	 */
	static List<Season> all() {
		return List.of(soak(Persistence.EVERY_SECOND), soak(Persistence.ALWAYS), forgetful());
	}

	// F18: any fault, on a server that keeps its data.
	private static Season soak(Persistence persistence) {
		List<Fault> faults = Stream.of(
				Stream.of(ServerFaults.restart(persistence), ServerFaults.freeze(), ServerFaults.flushScripts(),
						ServerFaults.removeRight(), ServerFaults.killSubscriptions(), KeyFaults.wrongTypes()),
				NetworkFaults.all().stream(), ClientFaults.all().stream())
			.flatMap((some) -> some)
			.toList();
		return new Season("soak " + persistence, persistence.settings(), Map.of(), Profile.MIXED, faults);
	}

	// What happens here to exclusion is not covered by the promises; the rest is.
	private static Season forgetful() {
		return new Season("forgetful", Persistence.NONE.settings(), Map.of(), Profile.HOLDING,
				List.of(ServerFaults.restart(Persistence.NONE), ServerFaults.restart(Persistence.NONE),
						ServerFaults.restart(Persistence.NONE),
						ClientFaults.freeze("F7 a process frozen for 1.1 leases", 1.1), NetworkFaults.hold()));
	}

	/**
	 * Lets it happen.
	 * @param directory an empty directory
	 * @param seed where chance begins
	 * @param atLeast how long faults strike at least
	 * @param operations how many operations there are to be at least: if need be, callers
	 * are left alone for a while
	 * @param manyKeys whether it begins with very many keys
	 * @return what the checkers say
	 * @throws Exception if it cannot go on
	 */
	Verdict play(Path directory, long seed, Duration atLeast, long operations, boolean manyKeys) throws Exception {
		SplittableRandom random = new SplittableRandom(seed);
		FaultyRedis redis = new FaultyRedis(directory, this.settings, this.environment);
		try (Site site = new Site(directory, Subject.OURS, this.profile, redis, PROCESSES, seed)) {
			long end = System.nanoTime() + atLeast.toNanos();
			List<Fault> first = shuffled(random);
			if (manyKeys) {
				first.add(ClientFaults.manyKeys());
			}
			for (int count = 0; count < first.size() || System.nanoTime() - end < 0; count++) {
				site.strike((count < first.size()) ? first.get(count)
						: this.faults.get(random.nextInt(this.faults.size())));
				if (count % FAULTS_BETWEEN_RESTS == FAULTS_BETWEEN_RESTS - 1) {
					site.rest();
					site.resume();
				}
			}
			site.rest();
			for (int calm = 0; site.operations() < operations && calm < MOST_CALM; calm++) {
				site.resume();
				site.pause(CALM_MILLIS);
				site.rest();
			}
			return Verdict.of(site.history(), site.complaints());
		}
		finally {
			deleteHistories(directory);
		}
	}

	private List<Fault> shuffled(SplittableRandom random) {
		List<Fault> shuffled = new ArrayList<>();
		for (Fault fault : this.faults) {
			shuffled.add(random.nextInt(shuffled.size() + 1), fault);
		}
		return shuffled;
	}

	private static void deleteHistories(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			for (Path file : files.filter((path) -> path.getFileName().toString().startsWith("history-")).toList()) {
				Files.delete(file);
			}
		}
	}

}
