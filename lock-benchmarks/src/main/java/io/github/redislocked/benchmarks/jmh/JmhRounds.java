/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.jmh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.redislocked.benchmarks.Rounds;
import io.github.redislocked.benchmarks.candidate.CandidateType;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs JMH in rounds: each round gives every benchmark, or every candidate, one fork, so
 * that what disturbs the machine for a while disturbs all of them.
 */
public final class JmhRounds {

	static final String PORT = "benchmarks.port";

	private final int port;

	private final int rounds;

	private final TimeValue iteration;

	/**
	 * Creates a kind of run.
	 * @param port where Redis listens on this machine
	 * @param rounds number of rounds
	 * @param iteration length of an iteration
	 */
	public JmhRounds(int port, int rounds, Duration iteration) {
		// Another run on the machine is for people to avoid.
		System.setProperty("jmh.ignoreLock", "true");
		this.port = port;
		this.rounds = rounds;
		this.iteration = TimeValue.milliseconds(iteration.toMillis());
	}

	/**
	 * Measures candidates, every thread on a key of its own.
	 * @param types the candidates
	 * @param threads number of threads
	 * @return operations per second
	 */
	public Map<CandidateType, Rounds<JmhResult>> uncontended(Collection<CandidateType> types, int threads) {
		Map<CandidateType, Rounds<JmhResult>> results = new LinkedHashMap<>();
		String[] ids = types.stream().map(CandidateType::id).toArray(String[]::new);
		run(options(UncontendedBenchmark.class).param("type", ids).threads(threads))
			.forEach((id, result) -> results.put(CandidateType.of(id), result));
		return results;
	}

	/**
	 * Measures the interceptor.
	 * @return nanoseconds per call by name of the benchmark
	 */
	public Map<String, Rounds<JmhResult>> interceptor() {
		return run(options(InterceptorBenchmark.class));
	}

	/**
	 * Measures what metrics cost.
	 * @return nanoseconds per call by who observes
	 */
	public Map<String, Rounds<JmhResult>> observers() {
		return run(options(ObserverBenchmark.class));
	}

	private ChainedOptionsBuilder options(Class<?> benchmark) {
		return new OptionsBuilder().include("^" + benchmark.getName().replace(".", "\\.") + "\\.")
			.forks(1)
			.warmupIterations(6)
			.warmupTime(this.iteration)
			.measurementIterations(3)
			.measurementTime(this.iteration)
			.jvmArgs("-Xmx512m", "-XX:+UseSerialGC", "-D" + PORT + "=" + this.port)
			.addProfiler(GCProfiler.class)
			.shouldFailOnError(true)
			.verbosity(VerboseMode.SILENT);
	}

	private Map<String, Rounds<JmhResult>> run(ChainedOptionsBuilder options) {
		Map<String, List<JmhResult>> results = new LinkedHashMap<>();
		try {
			for (int round = 0; round < this.rounds; round++) {
				for (RunResult result : new Runner(options.build()).run()) {
					results.computeIfAbsent(name(result), (none) -> new ArrayList<>()).add(resultOf(result));
				}
			}
		}
		catch (RunnerException ex) {
			throw new IllegalStateException(ex);
		}
		Map<String, Rounds<JmhResult>> rounds = new LinkedHashMap<>();
		results.forEach((name, list) -> rounds.put(name, new Rounds<>(list)));
		return rounds;
	}

	private static JmhResult resultOf(RunResult result) {
		Result<?> bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
		return new JmhResult(result.getPrimaryResult().getScore(), (bytes != null) ? bytes.getScore() : Double.NaN);
	}

	private static String name(RunResult result) {
		String type = result.getParams().getParam("type");
		return (type != null) ? type : result.getPrimaryResult().getLabel();
	}

}
