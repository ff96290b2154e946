/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.contention;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.redislocked.benchmarks.Rounds;
import io.github.redislocked.benchmarks.candidate.CandidateType;
import io.github.redislocked.benchmarks.redis.BenchmarkRedis;
import io.github.redislocked.benchmarks.redis.RedisProbe;

/**
 * Runs contention alone and prints a table: for work on the lock itself. System
 * properties say what is run:
 * <ul>
 * <li>{@code candidates}: ids, separated by commas; all that wait by default</li>
 * <li>{@code processes}, {@code threads}: 2 and 8 by default</li>
 * <li>{@code keys}, {@code skew}: 1 and 0 by default</li>
 * <li>{@code work}: ISO duration inside the lock; PT0S by default</li>
 * <li>{@code warm-up}, {@code measured}: ISO durations; PT2S and PT5S by default</li>
 * <li>{@code rounds}: 3 by default</li>
 * </ul>
 */
public final class ContentionMain {

	private static final String HEAD = "%-26s %9s %9s %9s %9s %9s %8s %8s %8s %9s %9s %5s %5s %5s%n";

	private static final String LINE = "%-26s %9.0f %9.2f %9.2f %9.2f %9.1f %8.3f %8.2f %8.0f %9.3f %9.2f %5.0f %5.0f %5.0f%n";

	private ContentionMain() {
	}

	/**
	 * Runs what the system properties say.
	 * @param arguments none
	 */
	public static void main(String[] arguments) {
		Locale.setDefault(Locale.ROOT);
		List<CandidateType> types = types(System.getProperty("candidates", ""));
		Workload workload = new Workload(Integer.getInteger("processes", 2), Integer.getInteger("threads", 8),
				Integer.getInteger("keys", 1), Double.parseDouble(System.getProperty("skew", "0")),
				time("work", "PT0S"));
		Map<CandidateType, List<ContentionResult>> results = new EnumMap<>(CandidateType.class);
		try (BenchmarkRedis redis = BenchmarkRedis.start(); RedisProbe probe = new RedisProbe(redis.port())) {
			ContentionRun run = new ContentionRun(redis, probe, time("warm-up", "PT2S"), time("measured", "PT5S"));
			for (int round = 0; round < Integer.getInteger("rounds", 3); round++) {
				types.forEach((type) -> results.computeIfAbsent(type, (none) -> new ArrayList<>())
					.add(run.run(type, workload)));
			}
		}
		print(workload, results);
		System.exit(0);
	}

	private static void print(Workload workload, Map<CandidateType, List<ContentionResult>> results) {
		System.out.printf("%s; medians; milliseconds; per acquisition%n", workload.title());
		System.out.printf(HEAD, "", "per s", "wait 50", "wait 99", "wait 99.9", "longest", "scripts", "commands",
				"bytes", "max/min", "hand-off", "time", "fail", "over");
		results.forEach((type, rounds) -> {
			Rounds<ContentionResult> of = new Rounds<>(rounds);
			System.out.printf(LINE, type.title(), of.median(ContentionResult::throughput),
					of.median(ContentionResult::wait50), of.median(ContentionResult::wait99),
					of.median(ContentionResult::wait999), of.median(ContentionResult::longestWait),
					of.median(ContentionResult::scripts), of.median(ContentionResult::commands),
					of.median(ContentionResult::bytes), of.median(ContentionResult::fairness),
					of.median(ContentionResult::handOff50), of.sum(ContentionResult::timedOut),
					of.sum(ContentionResult::failed), of.sum(ContentionResult::overlapped));
		});
	}

	private static List<CandidateType> types(String ids) {
		return ids.isEmpty() ? CandidateType.contending()
				: Arrays.stream(ids.split(",")).map(CandidateType::of).toList();
	}

	private static Duration time(String name, String fallback) {
		return Duration.parse(System.getProperty(name, fallback));
	}

}
