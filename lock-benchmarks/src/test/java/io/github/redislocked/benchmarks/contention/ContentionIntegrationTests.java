/*
 * Copyright 2026-present the redislocked authors.
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file.
 */

package io.github.redislocked.benchmarks.contention;

import java.nio.file.Path;
import java.time.Duration;

import io.github.redislocked.benchmarks.candidate.Candidate;
import io.github.redislocked.benchmarks.candidate.CandidateType;
import io.github.redislocked.benchmarks.candidate.Hold;
import io.github.redislocked.benchmarks.contention.Tally.Count;
import io.github.redislocked.benchmarks.redis.BenchmarkRedis;
import io.github.redislocked.benchmarks.redis.RedisProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A little of everything, so that no candidate rots. */
class ContentionIntegrationTests {

	private static final Duration SHORT = Duration.ofMillis(500);

	private static BenchmarkRedis redis;

	@TempDir
	private Path directory;

	@BeforeAll
	static void start() {
		redis = BenchmarkRedis.start();
	}

	@AfterAll
	static void stop() {
		redis.close();
	}

	@ParameterizedTest
	@EnumSource
	void whenTwoThreadsContendThenBothHaveTheLockAndNeverAtOnce(CandidateType type) throws InterruptedException {
		Workload workload = Workload.onOneKey(1, type.waits() ? 2 : 1).overKeys(type.waits() ? 1 : 10, 0);
		ChildPlan plan = new ChildPlan(type, redis.port(), 1, this.directory.resolve("slots"), workload);
		Tally tally;
		try (Candidate candidate = type.open(redis.port());
				Slots slots = Slots.open(plan.slots(), plan.workload().keys())) {
			ContentionChild.connect(candidate, "warm-up");
			tally = ContentionChild.run(plan, candidate, slots, window());
		}
		assertThat(tally.get(Count.ACQUIRED)).isPositive();
		assertThat(tally.waits().getTotalCount()).isPositive();
		assertThat(tally.get(Count.OVERLAPPED)).isZero();
		assertThat(tally.get(Count.FAILED)).isZero();
		assertThat(tally.get(Count.TIMED_OUT)).isZero();
	}

	@Test
	void whenALockDoesNotExcludeThenThatIsSeen() throws InterruptedException {
		Workload workload = Workload.onOneKey(1, 2).working(Duration.ofMillis(1));
		ChildPlan plan = new ChildPlan(CandidateType.POLLING, redis.port(), 1, this.directory.resolve("slots"),
				workload);
		Tally tally;
		try (Slots slots = Slots.open(plan.slots(), 1)) {
			tally = ContentionChild.run(plan, new NoLock(), slots, window());
		}
		assertThat(tally.get(Count.OVERLAPPED)).isPositive();
	}

	@Test
	void whenProcessesContendThenTheirFiguresComeTogether() {
		try (RedisProbe probe = new RedisProbe(redis.port())) {
			Workload workload = Workload.onOneKey(2, 1).working(Duration.ofMillis(2));
			ContentionResult result = new ContentionRun(redis, probe, SHORT, SHORT).run(CandidateType.REDISLOCKED,
					workload);
			assertThat(result.throughput()).isPositive();
			assertThat(result.scripts()).isPositive();
			assertThat(result.handOff50()).isPositive();
			assertThat(result.overlapped()).isZero();
		}
	}

	private static Window window() {
		long begin = System.nanoTime();
		return new Window(begin, begin + SHORT.toNanos());
	}

	private static final class NoLock implements Candidate {

		@Override
		public Hold acquire(String key) {
			return () -> {
			};
		}

		@Override
		public void close() {
			// Nothing is open.
		}

	}

}
