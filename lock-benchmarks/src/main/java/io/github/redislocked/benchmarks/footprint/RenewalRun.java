/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.footprint;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import io.github.redislocked.benchmarks.contention.ChildProcess;
import io.github.redislocked.benchmarks.redis.BenchmarkRedis;
import io.github.redislocked.benchmarks.redis.RedisProbe;
import io.github.redislocked.benchmarks.redis.RedisWork;

/**
 * Measures what it costs to keep many leases alive.
 */
public final class RenewalRun {

	private static final int HEAP_MEGABYTES = 256;

	private static final int PASSES = 3;

	private final BenchmarkRedis redis;

	private final RedisProbe probe;

	/**
	 * Creates a kind of run.
	 * @param redis the server
	 * @param probe a connection to it
	 */
	public RenewalRun(BenchmarkRedis redis, RedisProbe probe) {
		this.redis = redis;
		this.probe = probe;
	}

	/**
	 * Holds leases for as long as each of them is renewed a few times.
	 * @param leases how many
	 * @param expire their lease time
	 * @return what it costs
	 */
	public Result run(int leases, Duration expire) {
		this.probe.flush();
		try (ChildProcess child = ChildProcess.start(RenewalChild.class, HEAP_MEGABYTES,
				List.of(Integer.toString(this.redis.port()), Integer.toString(leases), expire.toString()))) {
			child.answer();
			RedisWork before = this.probe.work();
			LockSupport.parkNanos(expire.dividedBy(3).multipliedBy(PASSES).toNanos());
			RedisWork work = this.probe.work().since(before);
			child.tell("count");
			long lost = Long.parseLong(child.answer());
			double renewals = (double) leases * PASSES;
			return new Result(work.scripts() / renewals, work.reads() / renewals, lost);
		}
		finally {
			this.probe.flush();
		}
	}

	/**
	 * What it costs to keep leases alive for a third of their time.
	 *
	 * @param commands commands per lease
	 * @param reads how often Redis read from a connection, per lease: less than one if
	 * commands come together
	 * @param lost leases that were lost
	 */
	public record Result(double commands, double reads, long lost) {

	}

}
