/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.contention;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.redislocked.benchmarks.candidate.CandidateType;
import io.github.redislocked.benchmarks.redis.BenchmarkRedis;
import io.github.redislocked.benchmarks.redis.RedisProbe;
import io.github.redislocked.benchmarks.redis.RedisWork;

/**
 * Runs one candidate under one workload, in processes of its own.
 */
public final class ContentionRun {

	// From the word to the processes to their first acquisition.
	private static final Duration HEAD_START = Duration.ofMillis(50);

	private static final int HEAP_MEGABYTES = 64;

	private final BenchmarkRedis redis;

	private final RedisProbe probe;

	private final Duration warmUp;

	private final Duration measured;

	/**
	 * Creates a kind of run.
	 * @param redis the server
	 * @param probe a connection to it
	 * @param warmUp how long processes run before the window
	 * @param measured length of the window
	 */
	public ContentionRun(BenchmarkRedis redis, RedisProbe probe, Duration warmUp, Duration measured) {
		this.redis = redis;
		this.probe = probe;
		this.warmUp = warmUp;
		this.measured = measured;
	}

	/**
	 * Runs a candidate.
	 * @param type the candidate
	 * @param workload what its processes do
	 * @return what was measured
	 */
	public ContentionResult run(CandidateType type, Workload workload) {
		this.probe.flush();
		Path slots = temporaryFile();
		List<ChildProcess> children = new ArrayList<>();
		try {
			for (int process = 1; process <= workload.processes(); process++) {
				children.add(ChildProcess.start(ContentionChild.class, heap(workload),
						new ChildPlan(type, this.redis.port(), process, slots, workload).arguments()));
			}
			children.forEach(ChildProcess::answer);
			long begin = System.nanoTime() + HEAD_START.toNanos() + this.warmUp.toNanos();
			return measure(children, new Window(begin, begin + this.measured.toNanos()));
		}
		finally {
			// First all at once, as each takes its time to end.
			children.forEach((child) -> child.tell("end"));
			children.forEach(ChildProcess::close);
			delete(slots);
		}
	}

	private ContentionResult measure(List<ChildProcess> children, Window window) {
		children.forEach((child) -> child.tell(window.toString()));
		Window.pauseUntil(window.begin());
		RedisWork before = this.probe.work();
		Window.pauseUntil(window.end());
		RedisWork work = this.probe.work().since(before);
		List<Tally> tallies = children.stream().map((child) -> Tally.parse(child.answer())).toList();
		return ContentionResult.of(tallies, work, window.seconds());
	}

	// A key's share of the choice, and of what candidates keep for it.
	private static int heap(Workload workload) {
		return HEAP_MEGABYTES + workload.keys() / 4_000;
	}

	private static Path temporaryFile() {
		try {
			return Files.createTempFile("lock-benchmarks", ".slots");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void delete(Path file) {
		try {
			Files.deleteIfExists(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
