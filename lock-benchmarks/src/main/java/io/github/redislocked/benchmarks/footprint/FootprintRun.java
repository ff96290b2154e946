/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.footprint;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.redislocked.benchmarks.candidate.AsyncCandidate;
import io.github.redislocked.benchmarks.candidate.Candidate;
import io.github.redislocked.benchmarks.candidate.CandidateType;
import io.github.redislocked.benchmarks.contention.ChildProcess;
import io.github.redislocked.benchmarks.footprint.FootprintPlan.State;
import io.github.redislocked.benchmarks.redis.BenchmarkRedis;
import io.github.redislocked.benchmarks.redis.RedisProbe;

/**
 * Measures what locks cost while they are held or awaited. Where they are awaited, a
 * process of its own holds them.
 */
public final class FootprintRun {

	/**
	 * A process with more threads than this measures the machine.
	 */
	private static final int MOST_THREADS = 200;

	private static final int HEAP_MEGABYTES = 512;

	private static final Duration SETTLED = Duration.ofSeconds(1);

	private static final Duration IDLE = Duration.ofSeconds(2);

	private final BenchmarkRedis redis;

	private final RedisProbe probe;

	private final int locks;

	/**
	 * Creates a kind of run.
	 * @param redis the server
	 * @param probe a connection to it
	 * @param locks how many locks are held or awaited
	 */
	public FootprintRun(BenchmarkRedis redis, RedisProbe probe, int locks) {
		this.redis = redis;
		this.probe = probe;
		this.locks = locks;
	}

	/**
	 * Measures locks that are held.
	 * @param type the candidate
	 * @return what they cost
	 */
	public Footprint held(CandidateType type) {
		return measure(new FootprintPlan(type, this.redis.port(), State.HELD, this.locks));
	}

	/**
	 * Measures locks that are awaited: without threads if the candidate can, otherwise
	 * fewer, scaled up.
	 * @param type the candidate
	 * @param oneKey whether all wait for one key, or each for its own
	 * @return what they cost
	 */
	public Footprint awaited(CandidateType type, boolean oneKey) {
		this.probe.flush();
		FootprintPlan plan = new FootprintPlan(type, this.redis.port(),
				oneKey ? State.AWAITED_ON_ONE_KEY : State.AWAITED_ON_OWN_KEYS,
				waitsWithoutThreads(type) ? this.locks : Math.min(this.locks, MOST_THREADS));
		try (ChildProcess holder = start(new FootprintPlan(type, this.redis.port(), State.HELD, plan.keys()))) {
			holder.answer();
			holder.tell("go");
			holder.answer();
			return measure(plan);
		}
	}

	private boolean waitsWithoutThreads(CandidateType type) {
		try (Candidate candidate = type.open(this.redis.port())) {
			return candidate instanceof AsyncCandidate;
		}
	}

	private static ChildProcess start(FootprintPlan plan) {
		return ChildProcess.start(FootprintChild.class, HEAP_MEGABYTES, plan.arguments());
	}

	private Footprint measure(FootprintPlan plan) {
		if (plan.state() == State.HELD) {
			this.probe.flush();
		}
		try (ChildProcess child = start(plan)) {
			Usage before = Usage.parse(child.answer());
			long memoryBefore = this.probe.memory();
			long subscriptionsBefore = this.probe.subscriptions();
			child.tell("go");
			child.answer();
			LockSupport.parkNanos(SETTLED.toNanos());
			double commands = commandsPerSecond();
			long subscriptions = this.probe.subscriptions() - subscriptionsBefore;
			long memory = this.probe.memory() - memoryBefore;
			child.tell("measure");
			Usage after = Usage.parse(child.answer());
			child.tell("end");
			return Footprint.of(plan.locks(), this.locks,
					new Usage(after.heap() - before.heap(), after.threads() - before.threads()), subscriptions, memory,
					commands);
		}
		finally {
			this.probe.flush();
		}
	}

	// What clients make Redis do while all of them only wait.
	private double commandsPerSecond() {
		long before = this.probe.work().commands();
		long begin = System.nanoTime();
		LockSupport.parkNanos(IDLE.toNanos());
		// The readings themselves are commands as well.
		long commands = this.probe.work().commands() - before - 2;
		return Math.max(0, commands) * (double) TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - begin);
	}

}
