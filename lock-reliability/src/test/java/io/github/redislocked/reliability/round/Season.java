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
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.redislocked.reliability.client.Profile;
import io.github.redislocked.reliability.client.Subject;
import io.github.redislocked.reliability.client.Workload;
import io.github.redislocked.reliability.fault.ClientFaults;
import io.github.redislocked.reliability.fault.ClockFaults;
import io.github.redislocked.reliability.fault.ClusterFaults;
import io.github.redislocked.reliability.fault.Fault;
import io.github.redislocked.reliability.fault.FaultyRedis;
import io.github.redislocked.reliability.fault.KeyFaults;
import io.github.redislocked.reliability.fault.MemoryFaults;
import io.github.redislocked.reliability.fault.NetworkFaults;
import io.github.redislocked.reliability.fault.Persistence;
import io.github.redislocked.reliability.fault.SentinelFaults;
import io.github.redislocked.reliability.fault.ServerFaults;
import io.github.redislocked.reliability.fault.Site;
import io.github.redislocked.reliability.server.FillableRedis;
import io.github.redislocked.reliability.server.RedisCluster;
import io.github.redislocked.reliability.server.SentinelGroup;
import io.github.redislocked.reliability.server.Servers;
import io.github.redislocked.reliability.server.SteppedRedis;
import org.opentest4j.TestAbortedException;

/**
 * One place for locks, a few processes that use them, and one fault after the other: each
 * at least once, then any of them.
 *
 * @param <S> type of the servers
 * @param name what it is called
 * @param workload how the processes use locks
 * @param start starts the servers, whose files are in the given directory
 * @param faults lists what may strike them
 */
record Season<S extends Servers>(String name, Workload workload, Function<Path, S> start,
		Function<S, List<Fault>> faults) {

	private static final int PROCESSES = 3;

	private static final int CALM_MILLIS = 10_000;

	private static final int MOST_CALM = 12;

	/** After how many faults the callers rest, and what is left in Redis is looked at. */
	private static final int FAULTS_BETWEEN_RESTS = 12;

	private Season(String name, Profile profile, Function<Path, S> start, Function<S, List<Fault>> faults) {
		this(name, Workload.of(profile), start, faults);
	}

	/**
	 * Lists the seasons of a round. A fault that needs another server is a season of its
	 * own; one that needs no other is added to {@link #soak}. With
	 * {@code -Dreliability.season} only those whose names match.
	 * @return the seasons, the longest of them first
	 */
	static List<Season<?>> all() {
		return Stream.of(soak(), sentinel(), cluster(), forgetful(), clock(), memory(), durable())
			.filter((season) -> season.name().matches(System.getProperty("reliability.season", ".*")))
			.<Season<?>>map((season) -> season)
			.toList();
	}

	// F18: any fault, on a server that keeps its data.
	private static Season<FaultyRedis> soak() {
		Persistence kept = Persistence.EVERY_SECOND;
		return new Season<>("soak", Profile.MIXED, (directory) -> FaultyRedis.start(directory, kept),
				(redis) -> Stream
					.of(ServerFaults.all(redis, kept), List.of(KeyFaults.wrongTypes(redis)), NetworkFaults.all(),
							ClientFaults.all())
					.flatMap(List::stream)
					.toList());
	}

	private static Season<FaultyRedis> durable() {
		Persistence kept = Persistence.ALWAYS;
		return new Season<>("durable", Profile.MIXED, (directory) -> FaultyRedis.start(directory, kept),
				(redis) -> List.of(ServerFaults.restart(redis, kept), ServerFaults.freeze(redis),
						NetworkFaults.loseAcquires(), NetworkFaults.hold()));
	}

	// What happens here to exclusion is not covered by the promises; the rest is.
	private static Season<FaultyRedis> forgetful() {
		Persistence kept = Persistence.NONE;
		return new Season<>("forgetful", Profile.HOLDING, (directory) -> FaultyRedis.start(directory, kept),
				(redis) -> List.of(ServerFaults.restart(redis, kept), ServerFaults.restart(redis, kept),
						ServerFaults.restart(redis, kept), ClientFaults.freeze(1.1), NetworkFaults.hold()));
	}

	private static Season<SentinelGroup> sentinel() {
		return new Season<>("Sentinel", Profile.BRIEF, SentinelGroup::new,
				(group) -> with(SentinelFaults.all(group), ClientFaults.freeze(1.1), ClientFaults.kill()));
	}

	private static Season<RedisCluster> cluster() {
		return new Season<>("Cluster", Profile.MIXED, RedisCluster::new,
				(cluster) -> with(ClusterFaults.all(cluster), ClientFaults.freeze(1.1), ClientFaults.terminate()));
	}

	private static Season<SteppedRedis> clock() {
		return new Season<>("clock", Profile.BRIEF, SteppedRedis::new, ClockFaults::all);
	}

	private static Season<FillableRedis> memory() {
		return new Season<>("memory", Profile.BRIEF, FillableRedis::new,
				(redis) -> with(MemoryFaults.all(redis), ClientFaults.freeze(1.1)));
	}

	/**
	 * Returns a season without any fault, for the number of operations.
	 * @return the season
	 */
	static Season<FaultyRedis> calm() {
		return new Season<>("calm", Profile.MIXED, (directory) -> FaultyRedis.start(directory, Persistence.NONE),
				(redis) -> List.of());
	}

	/**
	 * Lets callers rest now and then, so that several seasons have room on a machine.
	 * @param longest the longest time between two operations
	 * @return the same season with rests
	 */
	Season<S> withPauses(Duration longest) {
		return new Season<>(this.name, new Workload(this.workload.profile(), longest), this.start, this.faults);
	}

	private static List<Fault> with(List<Fault> some, Fault... others) {
		return Stream.concat(some.stream(), Stream.of(others)).toList();
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
		try (S servers = this.start.apply(directory);
				Site site = new Site(directory, Subject.OURS, this.workload, servers, PROCESSES, seed)) {
			List<Fault> choice = this.faults.apply(servers);
			long end = System.nanoTime() + atLeast.toNanos();
			List<Fault> first = shuffled(choice, random);
			if (manyKeys) {
				first.add(ClientFaults.manyKeys());
			}
			for (int count = 0; count < first.size() || System.nanoTime() - end < 0; count++) {
				site.strike((count < first.size()) ? first.get(count) : choice.get(random.nextInt(choice.size())));
				if (count % FAULTS_BETWEEN_RESTS == FAULTS_BETWEEN_RESTS - 1) {
					site.rest();
					site.resume();
				}
			}
			if (first.isEmpty()) {
				// What the first rest shows is compared with the last one.
				site.pause(CALM_MILLIS);
			}
			site.rest();
			for (int calm = 0; site.operations() < operations && calm < MOST_CALM; calm++) {
				site.resume();
				site.pause(CALM_MILLIS);
				site.rest();
			}
			return Verdict.of(site.history(), site.complaints());
		}
		catch (TestAbortedException ex) {
			return Verdict.skipped(this.name + ": " + ex.getMessage());
		}
		finally {
			deleteHistories(directory);
		}
	}

	private static List<Fault> shuffled(List<Fault> faults, SplittableRandom random) {
		List<Fault> shuffled = new ArrayList<>();
		for (Fault fault : faults) {
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
